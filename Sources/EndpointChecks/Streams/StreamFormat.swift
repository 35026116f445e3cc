internal import JSON

/// How a protocol streams its answers: what is asked, what an event says, and how a stream ends.
protocol StreamFormat: Sendable {
  /// The data of the event behind which nothing comes; nil where the end of the reply is the end of the stream.
  var terminator: String? { get }
  /// Whether every choice says why it is finished.
  var saysFinish: Bool { get }
  /// Whether streams tell how many tokens they had, when they are asked to.
  var tellsUsage: Bool { get }
  /// How many choices an answer has, when requests ask for a number of them; nil for one whose number nobody knows.
  var choices: Int? { get }
  /// Whether the pieces of a stream make up the answer that the same request has without one.
  var joinsToAnswer: Bool { get }
  /// The request for a stream of what a request asks for; nil for a request that cannot be streamed.
  func streamed(_ request: RequestPlan, withUsage: Bool) -> RequestPlan?
  /// What an event says.
  func chunk(_ document: JSONValue) -> StreamChunk
  /// What an answer that is no stream says; nil when it is no such answer.
  func answer(in document: JSONValue) -> StreamAnswer?
}

extension StreamFormat {
  var joinsToAnswer: Bool { true }
  var choices: Int? { nil }
}

/// What a whole answer says, streamed or not.
struct StreamAnswer: Sendable {
  /// What each choice says.
  var choices: [Int: ChoiceAnswer] = [:]
  /// Why choices are finished, where the server tells.
  var finishes: [Int: String] = [:]
  /// How many tokens were generated, when the server tells.
  var completionTokens: Int64?
}

/// What one event of a stream says.
struct StreamChunk: Sendable {
  var pieces: [Piece] = []
  /// Why choices are finished.
  var finishes: [(choice: Int, reason: String)] = []
  var usage: TokenUsage?
  /// What the server says went wrong, in an event of a stream whose status said that all is well.
  var error: String?
  /// What is wrong with the form of the event, in words of our own.
  var issue: String?
  /// The same with the names that the server gives, where they tell more.
  var detail: String?
  /// The model that the event says to be of.
  var model: String?

  /// A piece of an answer.
  struct Piece: Sendable {
    var choice: Int
    var said: ChoiceAnswer
  }

  /// Reasons that are none of the model's: the server gave up, and says it where others say why they are finished.
  private static let failures: Set = ["error", "abort"]

  /// The reason by which a choice is finished that is no good answer, whatever reasons are allowed.
  var failure: String? { finishes.first { Self.failures.contains($0.reason) }?.reason }

  /// How servers write errors: `{"error": {"message": …}}`, `{"error": "…"}` and vLLM's `{"object": "error", …}`.
  static func error(in document: JSONValue) -> String? {
    if let error = document["error"], error.kind != "null" {
      return error.stringValue ?? error["message"]?.stringValue ?? error.description
    }
    guard document["object"]?.stringValue == "error" else { return nil }
    return document["message"]?.stringValue ?? document.description
  }
}

/// How many tokens a request and its answer had, as a server counts them.
struct TokenUsage: Sendable, Equatable {
  var prompt: Int64?
  var completion: Int64?
  var total: Int64?

  /// Nil for anything but an object.
  init?(_ value: JSONValue?) {
    guard let value, value.objectValue != nil else { return nil }
    prompt = value["prompt_tokens"]?.int64Value
    completion = value["completion_tokens"]?.int64Value
    total = value["total_tokens"]?.int64Value
  }
}

extension RequestPlan {
  /// The same request to the path beside its own that streams; nil for one that does not end like this, which the config
  /// has moved elsewhere.
  func streamed(at end: String) -> RequestPlan? {
    guard path.hasSuffix(end) else { return nil }
    var streamed = self
    streamed.path += "_stream"
    return streamed
  }
}
