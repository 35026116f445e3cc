internal import JSON
internal import Transport

extension Reply {
  /// Whether the reply to a request about a model says that there is none of its name: an error that names the model.
  /// An error about the path is that of a server to which the whole question means nothing.
  ///
  /// - Parameters:
  ///   - text: what the reply says as an error, in the shape of the protocol.
  ///   - path: the path that was asked.
  func denies(_ model: String, in text: String?, at path: String) -> Bool {
    // 400 is Triton's: "Request for unknown model: 'nope' is not found".
    guard response.status == 404 || response.status == 400, let text, !text.contains(path) else { return false }
    return text.split { " '\"`(),:;<>[]\n".contains($0) }.contains { word in
      word == model || word.last == "." && word.dropLast() == model
    }
  }
}
