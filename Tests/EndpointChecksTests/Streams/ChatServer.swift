import JSON
import TestSupport

@testable import EndpointChecks

/// A server of `/v1/chat/completions` and `/v1/completions` on loopback that streams what its script says.
enum ChatServer {
  static let head =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"

  /// A chunk of a choice.
  static func chunk(_ delta: String, finish: String = "null", index: Int = 0) -> String {
    #"{"id":"c","object":"chat.completion.chunk","choices":[{"index":\#(index),"delta":\#(delta),"finish_reason":\#(finish)}]}"#
  }

  static func usage(_ prompt: Int, _ completion: Int, _ total: Int) -> String {
    #"{"id":"c","choices":[],"usage":{"prompt_tokens":\#(prompt),"completion_tokens":\#(completion),"total_tokens":\#(total)}}"#
  }

  static let role = chunk(#"{"role":"assistant","content":""}"#)
  static let words = [chunk(#"{"content":"Hel"}"#), chunk(#"{"content":"lo"}"#)]
  static let stop = chunk("{}", finish: #""stop""#)
  static let done = "[DONE]"

  /// What a good server streams: a role, two pieces, the reason, the usage (the end of the text is a token, too), the end.
  static let good = [role] + words + [stop, usage(4, 3, 7), done]

  static let answer =
    #"{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"#
    + #""usage":{"prompt_tokens":4,"completion_tokens":3,"total_tokens":7}}"#

  /// A whole answer with this message.
  static func whole(_ message: String, finish: String = "stop") -> String {
    #"{"id":"c","choices":[{"index":0,"message":\#(message),"finish_reason":"\#(finish)"}]}"#
  }

  static func piece(_ text: String) -> String { String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n" }

  /// Chunks of HTTP, one for each event, and their end.
  static func stream(_ events: [String], lineEnd: String = "\n", isCut: Bool = false) -> String {
    head + events.map { piece("data: \($0)\(lineEnd)\(lineEnd)") }.joined() + (isCut ? "" : "0\r\n\r\n")
  }

  /// A server that streams this text and answers that one, and knows one model.
  static func start(_ stream: String, answer: String = answer, status: Int = 200) throws -> ScriptedServer {
    try ScriptedServer { request in
      if request.line.hasPrefix("GET") { return .reply(200, #"{"object":"list","data":[{"id":"org/m"}]}"#) }
      return request.body.contains(#""stream":true"#) ? .raw(stream) : .reply(status, answer)
    }
  }

  static func config(_ server: ScriptedServer, _ checks: String, _ rest: String = "rows: [{prompt: Hi}]") -> String {
    "{url: '\(server.url)', protocol: openai, model: org/m, \(rest), checks: [\(checks)]}"
  }
}
