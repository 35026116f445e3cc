internal import JSON

/// The streams of MLServer's `infer_stream`: a response of the Open Inference Protocol in each event.
struct InferenceStream: StreamFormat {
  let terminator: String? = nil
  let saysFinish = false
  let tellsUsage = false
  /// A model streams by another method than it predicts by, so nothing says that the two agree.
  let joinsToAnswer = false

  func streamed(_ request: RequestPlan, withUsage: Bool) -> RequestPlan? {
    request.streamed(at: "/infer")
  }

  func chunk(_ document: JSONValue) -> StreamChunk {
    var chunk = StreamChunk()
    chunk.error = StreamChunk.error(in: document)
    guard chunk.error == nil else { return chunk }
    guard let outputs = document["outputs"]?.arrayValue, !outputs.isEmpty else {
      chunk.issue = "has no outputs"
      return chunk
    }
    let tensors = outputs.enumerated().map { OutputTensor($1, index: $0) }
    if let issue = tensors.lazy.flatMap(\.issues).first {
      chunk.issue = "has an output that is not of its form"
      chunk.detail = "has \(issue.place), which \(issue.text)"
    }
    let texts = tensors.flatMap(\.elements).compactMap(\.stringValue)
    chunk.pieces = [.init(choice: 0, said: ChoiceAnswer(text: texts.isEmpty ? nil : texts.joined()))]
    return chunk
  }

  func answer(in document: JSONValue) -> StreamAnswer? { nil }
}
