internal import Language
internal import Transport
internal import Verdict

/// A check that asks the endpoint itself, as often as it has to: one entry of `checks:`, one finding for each of its
/// claims, most often one. Every kind is a file of its own and a line in ``EndpointRegistry``.
protocol ProbingCheck: Sendable {
  /// Its `kind` is the key of the entry.
  static var documentation: CheckDocumentation { get }
  /// How the entry is written behind its key. The shape of an object takes ``ProbingOptions/keys(_:)`` among its keys.
  static var shape: Shape<Self> { get }
  /// What the key alone means; nil when it needs more to be said.
  static var bare: Self? { get }

  var options: ProbingOptions { get set }
  /// What it claims of an endpoint that speaks a protocol, in the order in which it is reported; known without asking
  /// anybody.
  func claims(of preset: any ServingProtocol) -> [ProbingClaim]
  /// Whether it sends rows, so that the protocol must be able to write some.
  var sendsRows: Bool { get }

  /// Whether it asks one request again and again: the endpoint's first, or one about a row.
  var needsQuestion: Bool { get }
  /// The ways to write rows that its entry names.
  var encodings: [Located<RowEncoding>] { get }
  /// Columns of its rows that are no features, unless the config names them: labels, expected predictions, keys.
  var otherColumns: [String] { get }

  /// Why it makes no sense with a protocol; nil when it does.
  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit?

  /// Headers that it sends to somebody else, which may hold secrets, and the captured values in them.
  var headers: [HTTPHeaders.Field] { get }
  var references: [CaptureReference] { get }
  /// Who we are to somebody else.
  var authentication: Authentication? { get }
  /// Whether `retry:` of the endpoint holds for it: not where an answer that changes is what it looks for, or load.
  var isRetried: Bool { get }
  /// What ought to turn a claim red in a self-test; nothing when no change of a reply does.
  func faults(of claim: String) -> [ReplyFault]
  /// Why no change of a reply is known that ought to turn a claim red.
  static var untested: String { get }

  /// Asks, and judges the claims: a judgement for each of them, in their order.
  ///
  /// It asks only through the inquiry, which counts. A claim that passes although nothing was asked is an error, and when
  /// the endpoint could not be reached or its process is gone the run says so, whatever the check makes of it.
  func judge(_ inquiry: inout Inquiry) async -> [Judgement]
}

extension ProbingCheck {
  static var kind: String { documentation.kind }
  static var bare: Self? { nil }
  func claims(of preset: any ServingProtocol) -> [ProbingClaim] { [ProbingClaim(name: Self.kind)] }
  var sendsRows: Bool { true }
  func misfit(with preset: any ServingProtocol, named name: String) -> Misfit? { nil }
  var needsQuestion: Bool { false }
  var encodings: [Located<RowEncoding>] { [options.encoding].compactMap { $0 } }
  var otherColumns: [String] { [] }
  var headers: [HTTPHeaders.Field] { [] }
  var references: [CaptureReference] { [] }
  var authentication: Authentication? { nil }
  var isRetried: Bool { false }
  func faults(of claim: String) -> [ReplyFault] { [] }
  static var untested: String { "nobody knows a reply that violates it" }

  /// The judgements of claims of which none could be evaluated: the first says why, and the others point to it.
  func all(_ judgement: Judgement, of preset: any ServingProtocol) -> [Judgement] {
    claims(of: preset).indices.map { $0 == 0 ? judgement : Judgement.dependent }
  }
}

/// One claim of a probing check.
struct ProbingClaim: Sendable {
  /// The last part of the identity. A check with one claim gives it the name of its kind.
  var name: String
  /// Where its limit is written; nil for the place of the entry.
  var location: SourceLocation?

  init(name: String, location: SourceLocation? = nil) {
    self.name = name
    self.location = location
  }
}

/// What every entry of a probing check may say.
struct ProbingOptions: Sendable {
  var id: Located<String>?
  var severity = Severity.block
  /// The rows that it asks about; nil for those of the endpoint.
  var rows: RowsDeclaration?
  /// How they are written; nil for the endpoint's way.
  var encoding: Located<RowEncoding>?

  /// The keys of an entry whose check has the options at this path.
  static func keys<Check>(_ path: WritableKeyPath<Check, ProbingOptions>) -> [Key<Check>] {
    let keys: [Key<ProbingOptions>] = [
      .optional("id", \.id, Shape<String>.name.located, "A name of its own in the identities of its checks."),
      .key("severity", \.severity, .choice, "Whether a failure blocks (the default) or warns."),
      .optional("rows", \.rows, RowsDeclaration.shape, "The rows to ask about; those of the endpoint when left out."),
      .optional("encoding", \.encoding, RowEncoding.shape.located, "How rows are written in requests."),
    ]
    return keys.map { $0.within(path) }
  }
}
