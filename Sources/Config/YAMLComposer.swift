internal import Language
internal import Verdict

/// Makes the tree of one document from its events, and finds everything that YAML allows and the config does not.
///
/// What concerns one value alone (a duplicate key, a tag, an unset variable) is reported and the rest is read on; what
/// leaves no tree (a syntax error, an exhausted budget) is thrown.
struct YAMLComposer {
  /// The most values that a document may hold, counted as if every alias were written out.
  static let nodeLimit = 100_000
  /// How deep lists and mappings may be nested.
  static let depthLimit = 64

  let source: SourceText
  private let events: YAMLEvents
  private(set) var interpolation: Interpolation
  private(set) var problems = Problems()
  private var visited = 0
  private var anchors: [String: Anchor] = [:]

  private enum Anchor {
    /// The value that the anchor names has begun and not ended.
    case open
    case complete(Composed)
  }

  /// A node with the number of values in it and the depth of their nesting: what an alias for it costs.
  private struct Composed {
    var node: Node
    var size = 1
    var height = 0

    mutating func add(_ child: Composed) {
      size += child.size
      height = max(height, child.height + 1)
    }
  }

  init(source: SourceText, interpolation: Interpolation) {
    self.source = source
    self.interpolation = interpolation
    events = YAMLEvents(String(source.scalars).utf8)
  }

  /// The root of the only document, or nil when there is none.
  mutating func document() throws(Diagnostic) -> Node? {
    _ = try next()
    guard try next().kind == .documentStart else { return nil }
    let root = try compose(try next(), depth: 0)
    _ = try next()
    let second = try next()
    guard second.kind == .streamEnd else {
      throw Diagnostic(
        "a second document begins here", at: source.location(second.start..<second.end),
        help: ["a config is one document: remove this line or keep the rest in a file of its own"])
    }
    return root.node
  }

  private func next() throws(Diagnostic) -> YAMLEvents.Event {
    do { return try events.next() } catch { throw SyntaxError.diagnostic(for: error, in: source) }
  }

  private mutating func compose(_ event: YAMLEvents.Event, depth: Int) throws(Diagnostic) -> Composed {
    if case .alias(let name) = event.kind { return try dereference(name, event, depth: depth) }
    try visit(1, at: event)
    if let anchor = event.anchor { anchors[anchor] = .open }
    var composed: Composed
    switch event.kind {
    case .scalar(let text, let style): composed = Composed(node: scalar(text, style, event))
    case .sequenceStart: composed = try sequence(event, depth: depth)
    default: composed = try mapping(event, depth: depth)
    }
    if let problem = Tag(event.tag).problem(with: event.kind) {
      problems.report(problem, at: source.location(event.start..<event.end), help: ["remove the tag"])
      composed.node.origin = .unavailable
    }
    if let anchor = event.anchor { anchors[anchor] = .complete(composed) }
    return composed
  }

  // MARK: - Values

  private mutating func scalar(_ text: String, _ style: YAMLEvents.ScalarStyle, _ event: YAMLEvents.Event) -> Node {
    let range = contentRange(of: event)
    let tag = Tag(event.tag)
    let expanded = interpolation.expand(
      text, at: style == .block ? bodyRange(of: range) : range, of: source, problems: &problems)
    var origin = expanded.origin
    if expanded.text.utf8.contains(0) {
      problems.report(
        "this text holds a NUL character", at: source.location(range),
        help: ["no path, name or pattern can have one: remove it"])
      origin = .unavailable
    }
    let quoted = tag.isString ?? (style != .plain)
    var node = Node(
      .scalar(expanded.text, quoted: quoted), at: source.location(range), origin: origin)
    node.secrets = expanded.secrets
    interpolation.hide(partsOf: expanded.text)
    return node
  }

  private mutating func sequence(_ start: YAMLEvents.Event, depth: Int) throws(Diagnostic) -> Composed {
    let location = try enter(start, depth: depth)
    var result = Composed(node: Node(.sequence([]), at: location), size: 1, height: 1)
    var elements: [Node] = []
    while true {
      let event = try next()
      if event.kind == .sequenceEnd { break }
      let element = try compose(event, depth: depth + 1)
      elements.append(element.node)
      result.add(element)
    }
    result.node.content = .sequence(elements)
    return result
  }

  private mutating func mapping(_ start: YAMLEvents.Event, depth: Int) throws(Diagnostic) -> Composed {
    let location = try enter(start, depth: depth)
    var result = Composed(node: Node(.mapping([]), at: location), size: 1, height: 1)
    var entries = MappingEntries()
    while true {
      let event = try next()
      if event.kind == .mappingEnd { break }
      let key = try key(event, depth: depth)
      let value = try compose(try next(), depth: depth + 1)
      result.add(value)
      result.size += 1
      if let key { entries.add(key.text, at: key.location, value.node, merges: key.isMerge, problems: &problems) }
    }
    result.node.content = .mapping(entries.merged(problems: &problems))
    return result
  }

  private func enter(_ event: YAMLEvents.Event, depth: Int) throws(Diagnostic) -> SourceLocation {
    let start = contentRange(of: event).lowerBound
    guard depth < Self.depthLimit else { throw Self.tooDeep(source.location(start)) }
    return source.location(start)
  }

  /// What to say about nesting that goes beyond the limit.
  static func tooDeep(_ location: SourceLocation) -> Diagnostic {
    Diagnostic(
      "lists and mappings are nested more than \(depthLimit) deep here", at: location,
      help: ["no config needs that: look for a bracket or an indentation too many"])
  }

  // MARK: - Keys

  private struct KeyText {
    var text: String
    var location: SourceLocation
    var isMerge: Bool
  }

  /// The key, or nil when it is none that a config can have; the events of what stands in its place are read past.
  private mutating func key(_ event: YAMLEvents.Event, depth: Int) throws(Diagnostic) -> KeyText? {
    guard case .scalar(let text, let style) = event.kind else {
      let composed = try compose(event, depth: depth + 1)
      let found = if case .alias(let name) = event.kind { "the alias *\(name)" } else { composed.node.kind }
      problems.report(
        "a key must be plain text, found \(found)", at: source.location(event.start..<event.end),
        help: ["put it in quotes when it is meant as text"])
      return nil
    }
    try visit(1, at: event)
    let location = source.location(contentRange(of: event))
    if let problem = Tag(event.tag).problem(with: event.kind) {
      problems.report(problem, at: source.location(event.start..<event.end), help: ["remove the tag"])
      return nil
    }
    if text.isEmpty, style == .plain {
      problems.report("the key before this colon is missing", at: location, help: ["write key: value"])
      return nil
    }
    if let anchor = event.anchor {
      let node = Node(.scalar(text, quoted: style != .plain), at: location)
      anchors[anchor] = .complete(Composed(node: node))
    }
    return KeyText(text: text, location: location, isMerge: text == "<<" && style == .plain)
  }

  // MARK: - Aliases and budgets

  private mutating func dereference(_ name: String, _ event: YAMLEvents.Event, depth: Int) throws(Diagnostic)
    -> Composed
  {
    let location = source.location(event.start..<event.end)
    switch anchors[name] {
    case .complete(let composed):
      guard depth + composed.height <= Self.depthLimit else { throw Self.tooDeep(location) }
      try visit(composed.size, at: event, alias: name)
      return composed
    case .open:
      problems.report("the alias *\(name) stands inside of what it names", at: location, help: ["write the value out"])
    case nil:
      let near = nearest(name, among: anchors.keys.sorted())
      problems.report(
        "the alias *\(name) names nothing above", at: location, label: near.map { "did you mean *\($0)?" },
        help: ["mark the value with &\(name), or put the text in quotes"])
    }
    return Composed(node: Node(.scalar("", quoted: false), at: location, origin: .unavailable))
  }

  private mutating func visit(_ count: Int, at event: YAMLEvents.Event, alias: String? = nil) throws(Diagnostic) {
    visited += count
    guard visited > Self.nodeLimit else { return }
    let location = source.location(event.start..<event.end)
    if let alias {
      throw Diagnostic(
        "the alias *\(alias) makes this config larger than 100,000 values", at: location,
        help: ["write out what is needed, without aliases of aliases"])
    }
    throw Diagnostic(
      "this config holds more than 100,000 values", at: location, help: ["split it into files of rules"])
  }

  // MARK: - Ranges

  /// Where the value itself stands: behind its anchor and its tag.
  private func contentRange(of event: YAMLEvents.Event) -> Range<Int> {
    var start = event.start
    for _ in 0..<((event.anchor == nil ? 0 : 1) + (event.tag == nil ? 0 : 1)) {
      while start < event.end, !source.scalars[start].properties.isWhitespace { start += 1 }
      start = skipBlanks(from: start, to: event.end)
    }
    return start < event.end ? start..<event.end : event.start..<max(event.start, event.end)
  }

  private func skipBlanks(from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, source.scalars[index].properties.isWhitespace || source.scalars[index] == "#" {
      if source.scalars[index] == "#" {
        while index < end, source.scalars[index] != "\n", source.scalars[index] != "\r" { index += 1 }
      } else {
        index += 1
      }
    }
    return index
  }

  /// A block scalar without its header line, which may hold a comment.
  private func bodyRange(of range: Range<Int>) -> Range<Int> {
    let line = source.lineIndex(of: range.lowerBound)
    return (range.first { source.lineIndex(of: $0) > line } ?? range.upperBound)..<range.upperBound
  }
}
