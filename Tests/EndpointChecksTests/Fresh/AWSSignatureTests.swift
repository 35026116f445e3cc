import Foundation
import TestSupport
import Testing
import Transport

/// Signatures as botocore makes them: the independent witness for what libcurl signs.
@Suite struct AWSSignatureTests {
  private static let packages = ["botocore==1.40.0"]

  static let requests: [(method: String, path: String, body: String, token: String?)] = [
    ("GET", "/endpoints/delay", "", nil),
    ("POST", "/endpoints/delay/invocations", #"{"instances": [[1]]}"#, nil),
    ("POST", "/endpoints/delay/invocations", "é", "t0ken/of+the=day"),
    ("POST", "/v1/models/m:predict", "{}", nil), ("GET", "/a%20b/c@d,e=f;g?b=2&a=1", "", nil),
    ("GET", "/a//b/c/", "", nil), ("GET", "/%C3%A9/", "", nil),
    ("GET", "/ping?a=%2Fx%3Ay", "", nil),
    ("GET", "/ping?a=1&b=2", "", nil), ("GET", "/ping?b=2&a=1", "", nil), ("GET", "/ping?a=x%20y&c", "", nil),
  ]

  /// What libcurl would sign wrongly is not sent at all.
  @Test(arguments: [("/p?a=x+y", [:]), ("/p", ["X-Empty": ""])] as [(String, HTTPHeaders)])
  func whatCannotBeSignedIsSaid(_ path: String, _ headers: HTTPHeaders) async throws {
    let signature = AWSSignature(region: "eu-central-1", service: "sagemaker", accessKey: "a", secretKey: "s")
    let request = HTTPRequest(url: "http://127.0.0.1:1" + path, headers: headers, signature: signature)
    do throws(TransportError) {
      _ = try await HTTPClient().send(request)
      Issue.record("it was sent")
    } catch {
      #expect(error.kind == "invalid-request")
    }
  }

  @Test(arguments: requests)
  func signatureIsBotocores(_ method: String, _ path: String, _ body: String, _ token: String?) async throws {
    let (requests, arrived) = AsyncStream.makeStream(of: String.self)
    let server = try FaultServer { connection in
      if let request = connection.readRequest() { arrived.yield(request) }
      connection.answer()
    }
    defer { server.stop() }
    let signature = AWSSignature(
      region: "eu-central-1", service: "sagemaker", accessKey: "AKIDEXAMPLE",
      secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", sessionToken: token)
    let request = HTTPRequest(
      method: method, url: server.url(path), headers: body.isEmpty ? [:] : ["Content-Type": "application/json"],
      body: Array(body.utf8), signature: signature)
    _ = try await HTTPClient().send(request)
    let seen = try Seen(try #require(await requests.first { _ in true }))
    // What is sent is what was asked for, whatever is signed.
    #expect(seen.text.hasPrefix("\(method) \(path.prefix { $0 != "?" })"))
    #expect(seen.credential == "AKIDEXAMPLE/\(seen.timestamp.prefix(8))/eu-central-1/sagemaker/aws4_request")
    if token != nil { #expect(seen.signed.contains("x-amz-security-token")) }
    #expect(seen.signed.contains("host") && seen.signed.contains("x-amz-date"))
    let folder = try TemporaryFolder()
    let description: [String: Any] = [
      "method": method, "url": server.url(path), "body": body, "timestamp": seen.timestamp, "region": "eu-central-1",
      "service": "sagemaker", "access_key": signature.accessKey, "secret_key": signature.secretKey,
      "token": NSNull(), "headers": seen.headers.filter { seen.signed.contains($0[0].lowercased()) },
    ]
    try JSONSerialization.data(withJSONObject: description).write(to: URL(filePath: folder.path + "/seen.json"))
    let expected = try await PythonEnvironment.run(
      "Tests/EndpointChecksTests/Fresh/sigv4_signature.py", [folder.path + "/seen.json"], in: folder.path,
      of: "botocore", Self.packages)
    #expect(seen.signature == expected.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(!seen.text.contains(signature.secretKey))
  }

  /// The parts of a signed request.
  private struct Seen {
    var text: String
    var headers: [[String]]
    var timestamp: String
    var credential: String
    var signed: [String]
    var signature: String

    init(_ text: String) throws {
      self.text = text
      let head = text.components(separatedBy: "\r\n\r\n")[0]
      let fields = head.components(separatedBy: "\r\n").dropFirst().map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        return [String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""]
      }
      func header(_ name: String) -> String { fields.first { $0[0].lowercased() == name }?[1] ?? "" }
      headers = fields
      timestamp = header("x-amz-date")
      let authorization = header("authorization")
      func part(_ name: String) throws -> String {
        let rest = try #require(authorization.components(separatedBy: name + "=").dropFirst().first)
        return rest.components(separatedBy: ",")[0]
      }
      credential = try part("Credential")
      signed = try part("SignedHeaders").components(separatedBy: ";")
      signature = try part("Signature")
    }
  }
}
