import JSON
import Testing
import Verdict

@testable import EndpointChecks

/// What an answer has besides its text: pieces like any other, compared with the answer without a stream.
@Suite struct AnswerPartsTests {
  private typealias Chat = ChatServer

  /// What is streamed, what is answered without a stream, and where the two differ.
  struct Answer: Sendable, CustomTestStringConvertible {
    var deltas: [String]
    var message: String
    var finish = "tool_calls"
    /// What is said of the difference; nil for none.
    var words: String?
    var testDescription: String { words ?? "the same: \(message)" }
  }

  // MARK: - Messages

  private static func function(_ name: String?, _ arguments: String) -> String {
    let start = name.map { #""name":"\#($0)","# } ?? ""
    return "{" + start + #""arguments":"# + JSONValue.string(arguments).description + "}"
  }

  /// A piece of a call; the first one has the name.
  private static func piece(_ name: String?, _ arguments: String, index: Int = 0) -> String {
    let start = name == nil ? "" : #""id":"streamed","type":"function","#
    return #"{"tool_calls":[{"index":\#(index),\#(start)"function":\#(function(name, arguments))}]}"#
  }

  private static func pieces(_ name: String, _ arguments: [String], index: Int = 0) -> [String] {
    [piece(name, "", index: index)] + arguments.map { piece(nil, $0, index: index) }
  }

  private static func message(_ calls: [(name: String, arguments: String)]) -> String {
    let list = calls.map { #"{"id":"whole","type":"function","function":\#(function($0.name, $0.arguments))}"# }
    return #"{"role":"assistant","content":null,"tool_calls":[\#(list.joined(separator: ","))]}"#
  }

  /// As Ollama writes a whole answer: an index that is 0 in each of its calls.
  private static func unnumbered(_ calls: [(name: String, arguments: String)]) -> String {
    let list = calls.map { #"{"index":0,"function":\#(function($0.name, $0.arguments))}"# }
    return #"{"content":null,"tool_calls":[\#(list.joined(separator: ","))]}"#
  }

  private static func legacy(_ name: String?, _ arguments: String) -> String {
    #"{"content":null,"function_call":\#(function(name, arguments))}"#
  }

  private static func member(_ key: String, _ text: String, content: String = "null") -> String {
    #"{"content":\#(content),"\#(key)":"\#(text)"}"#
  }

  private static func parts(_ text: String, thought: String = "") -> String {
    let thinking = #"{"type":"thinking","thinking":[{"type":"text","text":"\#(thought)"}]},"#
    return #"{"content":[\#(thought.isEmpty ? "" : thinking){"type":"text","text":"\#(text)"}]}"#
  }

  /// What is said of a difference, of which either side may be nothing.
  private static func sentence(_ part: String, _ streamed: String, _ answered: String) -> String {
    "\(part) is streamed as \(streamed), and answered as \(answered) without a stream"
  }

  private static let rome = #"{"city": "Rome"}"#

  // MARK: - Calls

  static let calls: [Answer] = [
    Answer(deltas: pieces("get", [#"{"city""#, #": "Rome"}"#]), message: message([("get", rome)])),
    Answer(deltas: pieces("get", [#"{"city":"#, #""Rome"}"#]), message: message([("get", rome)])),
    Answer(deltas: pieces("get", [#"{"a":1,"b":2}"#]), message: message([("get", #"{"b": 2, "a": 1.0}"#)])),
    // Some servers count calls from 1.
    Answer(deltas: pieces("get", [rome], index: 1), message: message([("get", rome)])),
    Answer(
      deltas: pieces("get", [rome]) + pieces("put", ["{}"], index: 1),
      message: unnumbered([("get", rome), ("put", "{}")])),
    Answer(
      deltas: pieces("get", [rome]) + pieces("put", ["{}"]), message: unnumbered([("get", rome), ("put", "{}")]),
      words: sentence(
        "tool call 0 of choice 0", #""getput({"city": "Rome"}{})", whose arguments are no JSON"#,
        #""get({"city": "Rome"})""#)),
    Answer(deltas: pieces("get", ["no JSON"]), message: message([("get", "no JSON")])),
    Answer(
      deltas: pieces("get", [#"{"ci"#]), message: message([("get", rome)]),
      words: sentence(
        "tool call 0 of choice 0", #""get({"ci)", whose arguments are no JSON"#, #""get({"city": "Rome"})""#)),
    Answer(
      deltas: pieces("delete_all", [rome]), message: message([("get", rome)]),
      words: sentence("tool call 0 of choice 0", #""delete_all({"city":"Rome"})""#, #""get({"city":"Rome"})""#)),
    Answer(
      deltas: pieces("get", [#"{"city":"Oslo"}"#]), message: message([("get", rome)]),
      words: sentence("tool call 0 of choice 0", #""get({"city":"Oslo"})""#, #""get({"city":"Rome"})""#)),
    Answer(
      deltas: pieces("get", [rome]), message: message([("get", rome), ("put", "{}")]),
      words: sentence("tool call 1 of choice 0", "nothing", #""put({})""#)),
    Answer(
      deltas: pieces("get", [rome]) + pieces("put", ["{}"], index: 1), message: message([("get", rome)]),
      words: sentence("tool call 1 of choice 0", #""put({})""#, "nothing")),
    Answer(
      deltas: [#"{"content":"get"}"#], message: message([("get", "{}")]),
      words: sentence("tool call 0 of choice 0", "nothing", #""get({})""#)),
  ]

  // MARK: - Everything else

  static let others: [Answer] = [
    Answer(deltas: [legacy("get", ""), legacy(nil, "{}")], message: legacy("get", "{ }"), finish: "function_call"),
    Answer(
      deltas: [legacy("get", ""), legacy(nil, "{")], message: legacy("get", "{}"), finish: "function_call",
      words: sentence("the function call of choice 0", #""get({)", whose arguments are no JSON"#, #""get({})""#)),
    Answer(deltas: [member("refusal", "I "), member("refusal", "won't")], message: member("refusal", "I won't")),
    Answer(
      deltas: [#"{"content":"Sure"}"#], message: member("refusal", "I won't"),
      words: sentence("the refusal of choice 0", "nothing", #""I won't""#)),
    Answer(
      deltas: [member("refusal", "I will")], message: member("refusal", "I won't"),
      words: sentence("the refusal of choice 0", #""I will""#, #""I won't""#)),
    Answer(
      deltas: [member("reasoning", "so "), member("reasoning", "be it"), #"{"content":"Hi"}"#],
      message: member("reasoning_content", "so be it", content: #""Hi""#)),
    // Some servers show it in one of the two only.
    Answer(deltas: [#"{"content":"Hi"}"#], message: member("reasoning", "so be it", content: #""Hi""#)),
    Answer(
      deltas: [member("reasoning_content", "zzz"), #"{"content":"Hi"}"#],
      message: member("reasoning_content", "so be it", content: #""Hi""#),
      words: sentence("the reasoning of choice 0", #""zzz""#, #""so be it""#)),
    Answer(deltas: [parts("Hel"), parts("lo")], message: parts("Hello")),
    Answer(deltas: [parts("Hel", thought: "so"), #"{"content":"lo"}"#], message: parts("Hello", thought: "so")),
    Answer(
      deltas: [parts("Hel"), parts("p")], message: parts("Hello"),
      words: sentence("choice 0", #""Help""#, #""Hello""#)),
  ]

  @Test(arguments: calls + others)
  func everyPartIsCompared(_ answer: Answer) async throws {
    let end = Chat.chunk("{}", finish: "\"\(answer.finish)\"")
    let events = [Chat.role] + answer.deltas.map { Chat.chunk($0) } + [end, Chat.done]
    let server = try Chat.start(Chat.stream(events), answer: Chat.whole(answer.message, finish: answer.finish))
    let findings = try await evaluate(
      Chat.config(server, "{stream: {usage: false, finish: [tool_calls, function_call]}}"))
    let failed = findings.filter { $0.outcome == .failed }
    #expect(failed.map(\.id.check) == (answer.words == nil ? [] : ["answer"]), "\(findings.map(\.message))")
    #expect(failed.first?.message == answer.words.map { "row 1: " + $0 })
    #expect(findings.count == 4 && findings.allSatisfy { [.passed, .failed].contains($0.outcome) })
  }

  /// A piece of a call is a token, and an empty one at the end is none.
  @Test func piecesOfCallsAreTokens() async throws {
    let deltas = Self.pieces("get", [Self.rome, ""]).map { Chat.chunk($0) }
    let end = Chat.chunk("{}", finish: #""tool_calls""#)
    for (tokens, outcome) in [(2, Outcome.passed), (1, .failed)] {
      let server = try Chat.start(
        Chat.stream([Chat.role] + deltas + [end, Chat.usage(1, tokens, tokens + 1), Chat.done]),
        answer: Chat.whole(Self.message([("get", Self.rome)]), finish: "tool_calls"))
      let findings = try await evaluate(Chat.config(server, "{stream: {finish: tool_calls}}"))
      #expect(findings["stream.usage"]?.outcome == outcome, "\(findings.map(\.message))")
      #expect(findings["stream.answer"]?.outcome == .passed, "\(findings.map(\.message))")
    }
  }

  @Test func aListOfPartsIsAText() async throws {
    let server = try Chat.start("", answer: Chat.whole(Self.parts("Hello", thought: "so be it")))
    let findings = try await evaluate(
      Chat.config(server, "{golden: {expect: answer}}", "rows: [{prompt: Hi, answer: Hello}]"))
    #expect(findings.first?.outcome == .passed, "\(findings.map(\.message))")
  }

  @Test func differencesShowNoSecrets() throws {
    var secrets = Secrets()
    secrets.add("super-s3cret-t0ken")
    func answer(_ arguments: String) -> [Int: ChoiceAnswer] {
      [0: ChoiceAnswer(toolCalls: [0: FunctionCall(name: "get", arguments: arguments)])]
    }
    let difference = AnswerDifference(
      streamed: answer(#"{"key": "super-s3cret-t0ken"}"#), answered: answer(#"{"key": "super-s3cret-key"}"#))
    let words = try #require(difference).words(secrets)
    #expect(words.contains("***") && !words.contains("t0ken"), "\(words)")
  }

  @Test func longDifferencesAreShownFromShortlyBefore() throws {
    let same = String(repeating: "a", count: 500)
    let difference = AnswerDifference(
      streamed: [0: ChoiceAnswer(refusal: same + "b")],
      answered: [0: ChoiceAnswer(refusal: same + String(repeating: "c", count: 500))])
    let words = try #require(difference).words(Secrets())
    #expect(words.count < 300 && words.contains("ab\"") && words.contains("acc") && words.contains("…"), "\(words)")
  }
}
