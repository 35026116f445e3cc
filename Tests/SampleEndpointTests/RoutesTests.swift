import Foundation
import Testing
import Transport

@testable import cupel_sample_endpoint

/// The protocol over real loopback HTTP.
@Suite struct RoutesTests {
  static let good = """
    {"id": "r-1", "inputs": [
      {"name": "x", "datatype": "FP64", "shape": [2], "data": [10, 12.0]},
      {"name": "k", "datatype": "INT64", "shape": [2, 1], "data": [[0], [0]]},
      {"name": "c", "datatype": "BYTES", "shape": [2, 1], "data": ["a", "new"]}]}
    """

  private func json(_ response: HTTPResponse) throws -> JSONValue {
    #expect(response.headers["content-type"] == "application/json")
    return try JSONDecoder().decode(JSONValue.self, from: Data(response.body))
  }

  @Test(arguments: [
    ("/v2/health/live", #"{"live":true}"#), ("/v2/health/ready", #"{"ready":true}"#),
    ("/v2", #"{"name":"cupel-sample-endpoint","version":"3","extensions":[]}"#),
    ("/v2/models/delay/ready", #"{"name":"delay","ready":true}"#),
    ("/v2/models/delay/versions/3/ready", #"{"name":"delay","ready":true}"#),
    (
      "/v2/models/delay/versions/3",
      """
      {"name":"delay","versions":["3"],"platform":"cupel_logistic",
       "inputs":[{"name":"x","datatype":"FP64","shape":[-1]},{"name":"k","datatype":"INT64","shape":[-1]},
                 {"name":"c","datatype":"BYTES","shape":[-1]}],
       "outputs":[{"name":"probability","datatype":"FP64","shape":[-1]},{"name":"delayed","datatype":"BOOL","shape":[-1]}]}
      """
    ),
  ])
  func whatCanBeRead(path: String, expected: String) async throws {
    try await SampleServer.run { _, url, client in
      let response = try await client.send(HTTPRequest(url: url + path))
      #expect(response.status == 200)
      #expect(try json(response) == JSONDecoder().decode(JSONValue.self, from: Data(expected.utf8)))
    }
  }

  @Test(arguments: ["/v2/models/delay/infer", "/v2/models/delay/versions/3/infer"])
  func inference(path: String) async throws {
    try await SampleServer.run { _, url, client in
      let response = try await client.send(HTTPRequest(method: "POST", url: url + path, body: Array(Self.good.utf8)))
      #expect(response.status == 200)
      let expected = """
        {"model_name":"delay","model_version":"3","id":"r-1","outputs":[
          {"name":"probability","datatype":"FP64","shape":[2],"data":[0.5,0.5]},
          {"name":"delayed","datatype":"BOOL","shape":[2],"data":[true,true]}]}
        """
      #expect(try json(response) == JSONDecoder().decode(JSONValue.self, from: Data(expected.utf8)))
    }
  }

  @Test func inferencesAreCounted() async throws {
    try await SampleServer.run { _, url, client in
      for body in [Self.good, Self.good, "{"] {
        _ = try await client.send(
          HTTPRequest(method: "POST", url: url + "/v2/models/delay/infer", body: Array(body.utf8)))
      }
      let response = try await client.send(HTTPRequest(url: url + "/metrics"))
      #expect(response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      let lines = String(decoding: response.body, as: UTF8.self).split(separator: "\n")
      #expect(lines.contains(#"inference_requests_total{model="delay",status="200"} 2"#), "\(lines)")
      #expect(lines.contains(#"inference_requests_total{model="delay",status="400"} 1"#))
      #expect(lines.contains(#"inference_duration_seconds_count{model="delay"} 3"#))
    }
  }

  @Test func onlyJSONIsRead() async throws {
    try await SampleServer.run { _, url, client in
      for (type, status) in [("application/json; charset=utf-8", 200), ("text/plain", 415)] {
        let response = try await client.send(
          HTTPRequest(
            method: "POST", url: url + "/v2/models/delay/infer", headers: ["Content-Type": type],
            body: Array(Self.good.utf8)))
        #expect(response.status == status, "\(type)")
      }
    }
  }

  @Test func outputsCanBeChosenAndNoIDIsInvented() async throws {
    try await SampleServer.run { _, url, client in
      let body = Self.good.replacingOccurrences(of: #""id": "r-1""#, with: #""outputs": [{"name": "delayed"}]"#)
      let response = try await client.send(
        HTTPRequest(method: "POST", url: url + "/v2/models/delay/infer", body: Array(body.utf8)))
      let reply = try json(response)
      #expect(reply["id"] == nil)
      #expect(reply["outputs"]?.array?.map { $0["name"] } == [.string("delayed")])
    }
  }

  @Test(arguments: [
    ("GET", "/", 404), ("GET", "/v1", 404), ("GET", "/v2/nothing", 404), ("GET", "/v2/models", 404),
    ("GET", "/v2/models/other", 404), ("GET", "/v2/models/delay/versions/9/ready", 404),
    ("POST", "/v2/models/other/infer", 404), ("POST", "/v2/models/delay/versions/9/infer", 404),
    ("POST", "/v2/models/delay/versions", 404), ("GET", "/v2/models/delay/infer", 405), ("POST", "/v2", 405),
    ("GET", "/v2/models/%64elay", 200), ("GET", "/v2/models/%ff", 404),
  ])
  func otherPaths(method: String, path: String, status: Int) async throws {
    try await SampleServer.run { _, url, client in
      let response = try await client.send(HTTPRequest(method: method, url: url + path, body: []))
      #expect(response.status == status)
      if status >= 400 { #expect(try json(response)["error"]?.string?.isEmpty == false) }
    }
  }

  /// What is changed in a good request, so that only that can be why it is refused.
  static let damages: [(find: String, replacement: String)] = [
    (good, ""), (good, "{"), (good, "[]"), (good, "null"), (good, "{}"), (good, #"{"inputs": []}"#),
    (good, #"{"inputs": {}}"#), (good, #"{"inputs": [1]}"#), (good, "\u{0}"),
    (good, String(repeating: "[", count: 100_000)),
    (#""r-1""#, "7"), (#""name": "x""#, #""name": "y""#), (#""name": "x""#, #""name": "k""#), (#""name": "x","#, ""),
    (#""datatype": "FP64""#, #""datatype": "FP32""#), (#""datatype": "FP64","#, ""), ("INT64", "FP64"),
    ("[10, 12.0]", "[10]"), ("[10, 12.0]", "[10, 12, 13]"), ("[10, 12.0]", "[10, null]"), ("[10, 12.0]", "[10, NaN]"),
    ("[10, 12.0]", "[10, \"12\"]"), ("[10, 12.0]", "[10, true]"), ("[10, 12.0]", "[10, 1e999]"),
    ("[10, 12.0]", "[[10], [12]]"), ("[10, 12.0]", "12"), ("[10, 12.0]", "[]"), (#""shape": [2], "data""#, #""data""#),
    (#""shape": [2],"#, #""shape": [0],"#), (#""shape": [2],"#, #""shape": [-2],"#),
    (#""shape": [2],"#, #""shape": [1, 2],"#),
    (#""shape": [2],"#, #""shape": [2, 1, 1],"#), (#""shape": [2],"#, #""shape": [],"#),
    (#""shape": [2],"#, #""shape": [2.5],"#),
    (#""shape": [2], "data": [10, 12.0]"#, #""shape": [3], "data": [10, 11, 12]"#), ("[[0], [0]]", "[[0, 0]]"),
    ("[[0], [0]]", "[[0.5], [0]]"), (#"["a", "new"]"#, "[1, 2]"), (#""id": "r-1""#, #""outputs": [{"name": "other"}]"#),
    (#""id": "r-1""#, #""outputs": 1"#), ("[[0], [0]]", "[[0], [9223372036854775808]]"),
  ]

  @Test(arguments: damages)
  func badInputIsRefused(find: String, replacement: String) async throws {
    try await SampleServer.run { _, url, client in
      let body = Self.good.replacingOccurrences(of: find, with: replacement)
      try #require(body != Self.good)
      let response = try await client.send(
        HTTPRequest(method: "POST", url: url + "/v2/models/delay/infer", body: Array(body.utf8)))
      #expect(response.status == 400, "\(body.prefix(200))")
      #expect(try json(response)["error"]?.string?.isEmpty == false)
    }
  }

  @Test func aBodyOverTheLimitIsTooLargeAndTheConnectionLives() async throws {
    try await SampleServer.run { _, url, client in
      let infer = url + "/v2/models/delay/infer"
      let blanks = [UInt8](repeating: 0x20, count: Routes.maximumBodyBytes + 1)
      let large = try await client.send(HTTPRequest(method: "POST", url: infer, body: blanks))
      #expect(large.status == 413)
      #expect(try json(large)["error"] != nil)
      let next = try await client.send(HTTPRequest(method: "POST", url: infer, body: Array(Self.good.utf8)))
      #expect(next.status == 200)
    }
  }
}
