import Testing

@testable import Config

/// What a URL in a config hides from reports.
@Suite struct URLSecretTests {
  @Test(arguments: [
    ("http://user:hunter2@127.0.0.1:80/m.json", ["user:hunter2@"]),
    ("mlflow:http://user:hunter2@host#models:/m@champion", ["user:hunter2@"]),
    ("https://host/m.json?token=abc&version=12&X-Amz-Signature=f00", ["abc", "f00"]),
    ("https://host/m.json?api_key=k1#part", ["k1"]),
    ("https://host/a@b.json", []), ("git:main:metrics.json", []), ("", []), ("a://", []), ("a://@b", []),
  ])
  func credentialsAndKeysAreFound(text: String, secrets: [String]) {
    #expect(URLSecrets.all(in: text) == secrets)
  }
}
