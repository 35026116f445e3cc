internal import JSON

extension ChoiceAnswer {
  /// Reads what a choice says: the `delta` of a stream or the `message` of a whole answer, which have the same members,
  /// or the `text` of a completion.
  ///
  /// - Parameter isWhole: whether the calls of tools are those of a whole answer. There each has its place, and an index, as
  ///   Ollama writes one, says nothing; in a stream it says which call a piece belongs to.
  init(_ message: JSONValue?, text completion: JSONValue?, isWhole: Bool) {
    self.init()
    let content = message?["content"] ?? completion
    text = Self.text(in: content)
    refusal = message?["refusal"]?.stringValue ?? ""
    // Servers that rename the one to the other write both for a while.
    let thoughts = ["reasoning_content", "reasoning"].compactMap { message?[$0]?.stringValue }
    reasoning = thoughts.first { !$0.isEmpty } ?? ""
    for part in content?.arrayValue ?? [] {
      refusal += part["refusal"]?.stringValue ?? ""
      reasoning += Self.text(in: part["thinking"]) ?? ""
    }
    for (place, value) in (message?["tool_calls"]?.arrayValue ?? []).enumerated() {
      let named = isWhole ? nil : value["index"]?.int64Value.flatMap { Int(exactly: $0) }
      let index = named ?? place
      let call = FunctionCall(value["function"] ?? value["custom"], type: value["type"]?.stringValue)
      if !call.isEmpty { toolCalls[index, default: FunctionCall()].append(call) }
    }
    let call = FunctionCall(message?["function_call"], type: nil)
    if !call.isEmpty { functionCall = call }
  }

  /// A text, or Mistral's list of parts of which some have one.
  private static func text(in content: JSONValue?) -> String? {
    guard let parts = content?.arrayValue else { return content?.stringValue }
    let texts = parts.compactMap { $0["text"]?.stringValue }
    return texts.isEmpty ? nil : texts.joined()
  }
}

extension FunctionCall {
  /// Reads a function with its arguments, or a tool of the user's own with its input. Some servers write the arguments as
  /// they are instead of as a text.
  fileprivate init(_ value: JSONValue?, type: String?) {
    self.init(type: type?.isEmpty == true ? nil : type, name: value?["name"]?.stringValue ?? "")
    guard let written = value?["arguments"] ?? value?["input"], written.kind != "null" else { return }
    arguments = written.stringValue ?? written.description
  }
}
