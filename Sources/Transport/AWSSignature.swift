/// What AWS Signature Version 4 is made with.
package struct AWSSignature: Sendable, Equatable {
  package var region: String
  package var service: String
  package var accessKey: String
  package var secretKey: String
  /// Sent along as `X-Amz-Security-Token` with temporary credentials.
  package var sessionToken: String?

  package init(region: String, service: String, accessKey: String, secretKey: String, sessionToken: String? = nil) {
    self.region = region
    self.service = service
    self.accessKey = accessKey
    self.secretKey = secretKey
    self.sessionToken = sessionToken
  }

  /// libcurl's words for the algorithm and its scope.
  package var scope: String { "aws:amz:\(region):\(service)" }
}
