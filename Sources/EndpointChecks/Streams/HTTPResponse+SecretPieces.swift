internal import JSON
internal import Transport

extension HTTPResponse {
  /// Whether the events of a stream, put together, say a secret that none of them says alone: no mask of the body finds
  /// it, and whoever reads the events does.
  func saysInPieces(_ secrets: Secrets) -> Bool {
    guard let type = headers["Content-Type"]?.lowercased(), type.hasPrefix("text/event-stream") else { return false }
    var reader = EventStreamReader()
    reader.take(body, at: 0)
    // What stands in the same place of events that follow each other is one text.
    var texts: [String: String] = [:]
    for event in reader.events {
      guard let document = try? JSONParser.parse(event.data, mode: .lenient, limits: JSONLimits(maximumDepth: 128))
      else {
        texts["", default: ""] += secrets.mask(String(decoding: event.data, as: UTF8.self))
        continue
      }
      for (place, value) in document.leaves() {
        if let text = value.stringValue { texts[place, default: ""] += secrets.mask(text) }
      }
    }
    return texts.values.contains(where: secrets.occur)
  }
}
