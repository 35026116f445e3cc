internal import CLibYAML

/// The events of one YAML text, as libyaml finds them, with places counted in Unicode scalars.
///
/// The tree is composed from the events, because ready-made trees stop at the first duplicate key without a place and
/// hide quoting. This file is the only one that sees libyaml.
final class YAMLEvents {
  /// One event. `start` and `end` are offsets in Unicode scalars from the beginning of the text.
  struct Event {
    var kind: Kind
    var start: Int
    var end: Int
    var anchor: String?
    var tag: String?
  }

  enum Kind: Equatable {
    case streamStart, streamEnd, documentStart, documentEnd
    case alias(String)
    case scalar(String, ScalarStyle)
    case sequenceStart, sequenceEnd
    case mappingStart, mappingEnd
  }

  enum ScalarStyle { case plain, quoted, block }

  /// What libyaml says about a text that is not YAML, in its own words.
  struct Failure: Error {
    var problem: String
    var start: Int
    var context: String
    var contextStart: Int?
  }

  // Safe because both pointers belong to this object alone from `init` to `deinit`, the text is never written after
  // it was copied in, and libyaml reads no further than the length it was given.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>

  /// - Parameter bytes: valid UTF-8 without a byte order mark.
  init(_ bytes: some Collection<UInt8>) {
    text = .allocate(capacity: bytes.count)
    _ = text.initialize(from: bytes)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    text.deallocate()
  }

  /// The next event. After `streamEnd` or a failure there is none, and asking again repeats `streamEnd`.
  func next() throws(Failure) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    let (kind, anchor, tag) = Self.read(event)
    return Event(
      kind: kind, start: Int(event.start_mark.index), end: Int(event.end_mark.index), anchor: anchor, tag: tag)
  }

  private var failure: Failure {
    let state = parser.pointee
    let context = state.context.map { String(cString: $0) }
    // The reader counts bytes before the scanner has made marks of them; its own offset is the better place then.
    let start = state.error == YAML_READER_ERROR ? Int(state.mark.index) : Int(state.problem_mark.index)
    return Failure(
      problem: state.problem.map { String(cString: $0) } ?? "out of memory", start: start, context: context ?? "",
      contextStart: context == nil ? nil : Int(state.context_mark.index))
  }

  private static func read(_ event: yaml_event_t) -> (Kind, anchor: String?, tag: String?) {
    let data = event.data
    switch event.type {
    case YAML_STREAM_START_EVENT: return (.streamStart, nil, nil)
    case YAML_DOCUMENT_START_EVENT: return (.documentStart, nil, nil)
    case YAML_DOCUMENT_END_EVENT: return (.documentEnd, nil, nil)
    case YAML_ALIAS_EVENT: return (.alias(string(data.alias.anchor) ?? ""), nil, nil)
    case YAML_SCALAR_EVENT:
      let value = UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
      return (
        .scalar(String(decoding: value, as: UTF8.self), style(data.scalar.style)),
        string(data.scalar.anchor), string(data.scalar.tag)
      )
    case YAML_SEQUENCE_START_EVENT:
      return (.sequenceStart, string(data.sequence_start.anchor), string(data.sequence_start.tag))
    case YAML_SEQUENCE_END_EVENT: return (.sequenceEnd, nil, nil)
    case YAML_MAPPING_START_EVENT:
      return (.mappingStart, string(data.mapping_start.anchor), string(data.mapping_start.tag))
    case YAML_MAPPING_END_EVENT: return (.mappingEnd, nil, nil)
    default: return (.streamEnd, nil, nil)
    }
  }

  private static func style(_ style: yaml_scalar_style_t) -> ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
    default: .plain
    }
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }
}
