internal import JSON

/// The streams of `/v1/chat/completions` and `/v1/completions`: chunks with choices, one with `choices: []` and the usage,
/// and `[DONE]`.
struct OpenAIStream: StreamFormat {
  let terminator: String? = "[DONE]"
  let saysFinish = true
  let tellsUsage = true
  var choices: Int?

  func streamed(_ request: RequestPlan, withUsage: Bool) -> RequestPlan? {
    guard let document = try? JSONParser.parse(request.body, mode: .lenient), let object = document.objectValue else {
      return nil
    }
    let others = object.members.filter { !["stream", "stream_options"].contains($0.key) }
    let usage = withUsage ? [JSONObject.Member("stream_options", ["include_usage": true])] : []
    var streamed = request
    streamed.body = JSONWriter.lenient.bytes(.object(JSONObject(others + [.init("stream", true)] + usage)))
    return streamed
  }

  func chunk(_ document: JSONValue) -> StreamChunk {
    var chunk = StreamChunk()
    chunk.error = StreamChunk.error(in: document)
    chunk.usage = TokenUsage(document["usage"])
    chunk.model = document["model"]?.stringValue
    guard chunk.error == nil else { return chunk }
    guard let choices = document["choices"]?.arrayValue else {
      chunk.issue = document["choices"] == nil ? "has no choices" : "has choices that are no list"
      return chunk
    }
    if choices.isEmpty, chunk.usage == nil, !Self.saysMore(document) {
      chunk.issue = "has neither choices nor usage, nor anything else"
    }
    for choice in choices {
      guard let number = choice["index"]?.int64Value, let index = Int(exactly: number), index >= 0 else {
        chunk.issue = "has a choice without an index"
        continue
      }
      take(choice, index, into: &chunk)
    }
    return chunk
  }

  /// What every chunk has.
  private static let envelope: Set = [
    "id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier", "provider",
  ]

  /// Whether a chunk without choices has something of its own, such as the `prompt_filter_results` that Azure sends first.
  private static func saysMore(_ document: JSONValue) -> Bool {
    document.objectValue?.members.contains { !envelope.contains($0.key) && $0.value.kind != "null" } ?? false
  }

  private func take(_ choice: JSONValue, _ index: Int, into chunk: inout StreamChunk) {
    // The first chunk of a choice may bring its role and an empty text, which is no token.
    let said = ChoiceAnswer(choice["delta"], text: choice["text"], isWhole: false)
    if !said.isEmpty { chunk.pieces.append(.init(choice: index, said: said)) }
    guard let reason = choice["finish_reason"], reason.kind != "null" else { return }
    chunk.finishes.append((index, reason.stringValue ?? reason.description))
  }

  func answer(in document: JSONValue) -> StreamAnswer? {
    guard let choices = document["choices"]?.arrayValue, !choices.isEmpty else { return nil }
    var answer = StreamAnswer(completionTokens: TokenUsage(document["usage"])?.completion)
    for (place, choice) in choices.enumerated() {
      let index = choice["index"]?.int64Value.flatMap { Int(exactly: $0) } ?? place
      answer.choices[index] = ChoiceAnswer(choice["message"], text: choice["text"], isWhole: true)
      answer.finishes[index] = choice["finish_reason"]?.stringValue
    }
    return answer
  }
}
