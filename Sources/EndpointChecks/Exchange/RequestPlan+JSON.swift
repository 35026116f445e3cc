internal import JSON
internal import Transport

extension RequestPlan {
  /// A request with a JSON body. A NaN is written as it is, which is no JSON: what a server makes of it is its part.
  init(method: String = "POST", path: String, json: JSONValue, timeout: Duration? = nil) {
    self.init(
      method: method, path: path, headers: ["Content-Type": "application/json"], body: JSONWriter.lenient.bytes(json),
      timeout: timeout)
  }
}
