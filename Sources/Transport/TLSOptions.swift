/// Whom to trust over `https`, and who we are.
package struct TLSOptions: Sendable, Equatable {
  /// PEM file of certificate authorities to trust instead of the system's.
  package var caFile: String?
  /// Accept any certificate for any host name. Only for servers whose identity does not matter.
  package var acceptsAnyCertificate: Bool
  /// PEM file of the client certificate for mutual TLS.
  package var clientCertificateFile: String?
  /// PEM file of the client certificate's private key, when it is not in the certificate's own file.
  package var clientKeyFile: String?
  /// The oldest version to speak; nil for libcurl's own choice.
  package var minimumVersion: TLSVersion?
  /// The newest version to speak. One before 1.2 is for finding out whether a server still speaks it, so every cipher of
  /// that time is offered.
  package var maximumVersion: TLSVersion?
  /// Whether the response shall bring the server's certificates, for which a connection of its own is opened.
  package var wantsCertificates: Bool

  package init(
    caFile: String? = nil,
    acceptsAnyCertificate: Bool = false,
    clientCertificateFile: String? = nil,
    clientKeyFile: String? = nil,
    minimumVersion: TLSVersion? = nil,
    maximumVersion: TLSVersion? = nil,
    wantsCertificates: Bool = false
  ) {
    self.caFile = caFile
    self.acceptsAnyCertificate = acceptsAnyCertificate
    self.clientCertificateFile = clientCertificateFile
    self.clientKeyFile = clientKeyFile
    self.minimumVersion = minimumVersion
    self.maximumVersion = maximumVersion
    self.wantsCertificates = wantsCertificates
  }
}

/// The versions of TLS.
package enum TLSVersion: String, Sendable, CaseIterable, Comparable {
  case tls1_0 = "1.0"
  case tls1_1 = "1.1"
  case tls1_2 = "1.2"
  case tls1_3 = "1.3"

  package static func < (a: TLSVersion, b: TLSVersion) -> Bool { a.rawValue < b.rawValue }

  /// The version before this one; nil for the first.
  package var previous: TLSVersion? { Self.allCases.last { $0 < self } }
}
