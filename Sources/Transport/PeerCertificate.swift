internal import CCurl

/// A certificate that a server showed.
package struct PeerCertificate: Sendable, Equatable {
  package var subject: String
  package var issuer: String
  /// The seconds since 1970 between which it is valid; nil when the server's date cannot be read.
  package var notBefore: Int64?
  package var notAfter: Int64?

  package init(subject: String, issuer: String, notBefore: Int64?, notAfter: Int64?) {
    self.subject = subject
    self.issuer = issuer
    self.notBefore = notBefore
    self.notAfter = notAfter
  }

  /// From libcurl's `Name:value` lines about one certificate.
  init(lines: [String]) {
    func value(_ name: String) -> String? {
      lines.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
    }
    func date(_ name: String) -> Int64? {
      value(name).flatMap { text in
        let time = ccurl_getdate(text)
        return time == -1 ? nil : Int64(time)
      }
    }
    subject = value("Subject") ?? ""
    issuer = value("Issuer") ?? ""
    notBefore = date("Start date")
    notAfter = date("Expire date")
  }
}
