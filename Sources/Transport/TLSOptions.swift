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

  package init(
    caFile: String? = nil,
    acceptsAnyCertificate: Bool = false,
    clientCertificateFile: String? = nil,
    clientKeyFile: String? = nil
  ) {
    self.caFile = caFile
    self.acceptsAnyCertificate = acceptsAnyCertificate
    self.clientCertificateFile = clientCertificateFile
    self.clientKeyFile = clientKeyFile
  }
}
