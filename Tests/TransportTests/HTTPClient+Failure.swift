import Transport

extension HTTPClient {
  /// What becomes of a request that a new client sends; nil where it is answered.
  static func failure(_ request: HTTPRequest) async -> TransportError? {
    do throws(TransportError) {
      _ = try await HTTPClient().send(request)
      return nil
    } catch {
      return error
    }
  }
}
