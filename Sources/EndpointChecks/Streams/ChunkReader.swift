internal import JSON

/// Reads the events of one stream in their order: what each says, and what is wrong with it. A check of streams and a load
/// judge events by this alike.
struct ChunkReader: Sendable {
  /// Whether the event came behind which there is nothing.
  private(set) var isTerminated = false
  private let format: any StreamFormat
  /// The model that the last event with one says to be of.
  private var model: String?

  init(_ format: any StreamFormat) { self.format = format }

  /// - Returns: What the event says; nil for one that says nothing that can be read, or the end.
  mutating func read(_ event: ServerSentEvent) -> (chunk: StreamChunk?, flaws: [EventFlaw]) {
    if isTerminated { return (nil, [.behind(format.terminator ?? "the end")]) }
    if let terminator = format.terminator, event.data.elementsEqual(terminator.utf8) {
      isTerminated = true
      return (nil, [])
    }
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONParser.parse(event.data, mode: .lenient, limits: JSONLimits(maximumDepth: 128))
    } catch {
      return (nil, [.noJSON(error.message)])
    }
    var chunk = format.chunk(document)
    if event.type == "error", chunk.error == nil { chunk.error = document.description }
    var flaws: [EventFlaw] = []
    if let error = chunk.error { flaws.append(.error(error)) }
    if let name = chunk.model, !name.isEmpty {
      if let model, model != name { flaws.append(.otherModel(name, before: model)) }
      model = name
    }
    if let issue = chunk.issue { flaws.append(.form(issue, detail: chunk.detail)) }
    return (chunk, flaws)
  }
}
