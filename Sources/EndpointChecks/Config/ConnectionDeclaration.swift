internal import Language
internal import Transport

/// How the endpoint is reached: whom to trust and who we are over `https`, the version of HTTP, the proxy.
struct ConnectionDeclaration: Sendable {
  var tls = TLS()
  var version = HTTPVersionChoice.automatic
  var proxy = ProxyChoice.environment

  /// `tls:`, with the paths as they are written.
  struct TLS: Sendable {
    var ca: String?
    var insecure = false
    var certificate: String?
    var key: String?
    var minimum: TLSVersion?
  }

  /// The same way for somebody who does not show our certificate.
  var withoutIdentity: ConnectionDeclaration {
    var connection = self
    (connection.tls.certificate, connection.tls.key) = (nil, nil)
    return connection
  }

  /// The options of the transport, with the paths resolved.
  func tlsOptions(_ folders: EndpointFolders) -> TLSOptions {
    TLSOptions(
      caFile: tls.ca.map { folders.resolve($0) }, acceptsAnyCertificate: tls.insecure,
      clientCertificateFile: tls.certificate.map { folders.resolve($0) },
      clientKeyFile: tls.key.map { folders.resolve($0) }, minimumVersion: tls.minimum)
  }

  /// The keys, to stand beside others.
  static var keys: [Key<ConnectionDeclaration>] {
    [
      .key("tls", \.tls, tls, "Whom to trust over https, and who we are."),
      .key(
        "http", \.version, .choice,
        "The version of HTTP to speak: automatic (2 over TLS where it is offered), 1.1, or 2, so that another one fails."
      ),
      .key(
        "proxy", \.proxy, proxy, "http://host:port, or none; the usual variables when left out. Never for loopback."),
    ]
  }

  static var tls: Shape<TLS> {
    Shape<TLS>.object(
      TLS(),
      [
        .optional("ca", \.ca, .name, "A PEM file of authorities to trust instead of the system's."),
        .key("insecure", \.insecure, .bool, "Accepts any certificate. For tests whose subject is not the certificate."),
        .optional("certificate", \.certificate, .name, "A PEM file with our certificate, for mutual TLS."),
        .optional("key", \.key, .name, "A PEM file with its private key, when it is not in the same file."),
        .optional("minimum", \.minimum, .choice, "The oldest version of TLS to speak: 1.2 or 1.3."),
      ]
    ) { tls, node, problems in
      if tls.key != nil, tls.certificate == nil {
        problems.report(
          "a private key needs its certificate", at: node[key: "key"]?.keyLocation, help: ["add certificate: FILE"])
      }
    }
  }

  private static var proxy: Shape<ProxyChoice> {
    Shape<String>.name.map { text, node, problems -> ProxyChoice? in
      if text == "none" { return ProxyChoice.none }
      let address = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
      guard address.count == 2, ["http", "https", "socks5", "socks5h"].contains(address[0]), !address[1].isEmpty,
        text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else {
        problems.report(
          "expected the address of a proxy such as http://proxy:3128, or none, found \(node.kind)", at: node.location)
        return nil
      }
      if address[1].contains("@"), node.origin == .file {
        problems.report(
          "a credential stands in the file", at: node.location,
          help: ["write ${secret:NAME} and set NAME in the environment"])
        return nil
      }
      return .url(text)
    }
  }
}
