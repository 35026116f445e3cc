internal import Language
internal import Transport
internal import Verdict

/// One item of `checks:`.
struct CheckEntry: Sendable {
  var content: Content
  var location: SourceLocation

  enum Content: Sendable {
    case ready
    case metadata(MetadataEntry)
    case infer(InferEntry)
    case request(RequestEntry)
    case probing(any ProbingCheck)
  }

  /// The kinds of entries, as they are written.
  enum Kind: String, Sendable, CaseIterable {
    case ready, metadata, infer, request
    /// All checks of ``EndpointRegistry/probing``.
    case probing
  }

  var kind: Kind {
    switch content {
    case .ready: .ready
    case .metadata: .metadata
    case .infer: .infer
    case .request: .request
    case .probing: .probing
    }
  }

  /// The id given in the config.
  var id: Located<String>? {
    switch content {
    case .ready, .metadata: nil
    case .infer(let entry): entry.id
    case .request(let entry): entry.id
    case .probing(let check): check.options.id
    }
  }

  /// The captured values that it needs.
  var references: [CaptureReference] {
    switch content {
    case .ready, .metadata: []
    case .infer(let entry): entry.references
    case .request(let entry): entry.references
    case .probing(let check): check.references
    }
  }

  /// Who we are to somebody else that it asks.
  var authentication: Authentication? {
    if case .probing(let check) = content { check.authentication } else { nil }
  }

  /// Whether it sends credentials that are nearly the right ones.
  var triesWrongCredentials: Bool { if case .probing(let check) = content { check is AccessCheck } else { false } }

  /// The headers that it sends by itself.
  var headers: [HTTPHeaders.Field] {
    switch content {
    case .ready, .metadata: []
    case .infer(let entry): entry.headers
    case .request(let entry): entry.headers
    case .probing(let check): check.headers
    }
  }

  /// How often it is tried, when it says so itself.
  var retry: RetryPolicy? {
    switch content {
    case .ready, .metadata, .probing: nil
    case .infer(let entry): entry.retry
    case .request(let entry): entry.retry
    }
  }

  /// What it captures for later entries.
  var captures: [CaptureExpectation] { if case .request(let entry) = content { entry.captures } else { [] } }

  /// A word such as `ready` or `outputs`, or a mapping with one key that says what to do.
  static var shape: Shape<CheckEntry> {
    let long = Shape<[CheckEntry]>.object(
      [],
      [
        key("metadata", MetadataEntry.shape, MetadataExpectation.documentation) { .metadata($0) },
        key("infer", InferEntry.shape, TensorExpectation.documentation) { .infer($0) },
        .each("request", RequestEntry.shape, "Any request, with expectations on its reply.") { entry, node, entries in
          entries.append(CheckEntry(content: .request(entry), location: node.keyLocation))
        },
      ] + EndpointRegistry.probing.map { probing($0) }
    ) { entries, node, problems in
      if entries.count != 1 {
        problems.report("an item of checks does one thing", at: node.location)
      }
    }.map { entries, _, _ in entries.first }
    return long.when(\.isMapping, otherwise: short)
  }

  private static func key<Entry>(
    _ name: String, _ shape: Shape<Entry>, _ documentation: CheckDocumentation, make: @escaping (Entry) -> Content
  ) -> Key<[CheckEntry]> {
    .each(name, shape, documentation.summary) { entry, node, entries in
      entries.append(CheckEntry(content: make(entry), location: node.keyLocation))
    }
  }

  private static func probing<Check: ProbingCheck>(_ type: Check.Type) -> Key<[CheckEntry]> {
    key(Check.kind, Check.shape, Check.documentation) { .probing($0) }
  }

  /// What needs no more than its name.
  private static var words: [(name: String, content: Content)] {
    [("ready", .ready), ("metadata", .metadata(MetadataEntry()))]
      + EndpointRegistry.probing.compactMap { type in type.bare.map { (type.kind, .probing($0)) } }
  }

  private static var short: Shape<CheckEntry> {
    Shape<Content>.word(among: words).map { content, node, _ in CheckEntry(content: content, location: node.location) }
  }
}
