internal import JSON

/// The streams of Triton's `generate_stream`: `{"text_output": …}` in each event, and the end of the reply as the end.
struct GenerateStream: StreamFormat {
  let terminator: String? = nil
  let saysFinish = false
  let tellsUsage = false

  func streamed(_ request: RequestPlan, withUsage: Bool) -> RequestPlan? {
    request.streamed(at: "/generate")
  }

  func chunk(_ document: JSONValue) -> StreamChunk {
    var chunk = StreamChunk()
    chunk.error = StreamChunk.error(in: document)
    chunk.model = document["model_name"]?.stringValue
    guard chunk.error == nil else { return chunk }
    guard let text = document["text_output"]?.stringValue else {
      chunk.issue = "has no text_output"
      return chunk
    }
    if !text.isEmpty { chunk.pieces = [.init(choice: 0, said: ChoiceAnswer(text: text))] }
    return chunk
  }

  func answer(in document: JSONValue) -> StreamAnswer? {
    document["text_output"]?.stringValue.map { StreamAnswer(choices: [0: ChoiceAnswer(text: $0)]) }
  }
}
