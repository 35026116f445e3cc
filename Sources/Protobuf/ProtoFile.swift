/// Services of Protocol Buffers with the messages that they take and give: the content of a `.proto` file.
package struct ProtoFile: Sendable {
  package let package: String
  package let services: [Service]

  package init(package: String, services: [Service]) {
    self.package = package
    self.services = services
  }

  /// Methods that are called by one name.
  package struct Service: Sendable {
    package let name: String
    package let methods: [Method]

    package init(_ name: String, _ methods: [Method]) {
      self.name = name
      self.methods = methods
    }
  }

  /// One call: a message there, a message back.
  package struct Method: Sendable {
    package let name: String
    package let request: MessageType
    package let response: MessageType

    package init(_ name: String, _ request: MessageType, _ response: MessageType) {
      self.name = name
      self.request = request
      self.response = response
    }
  }

  /// The file in the language of Protocol Buffers, version 3.
  package var text: String {
    var parts = ["syntax = \"proto3\";\n\npackage \(package);\n"]
    for service in services {
      let methods = service.methods.map { "  rpc \($0.name)(\($0.request.name)) returns (\($0.response.name));\n" }
      parts.append("service \(service.name) {\n\(methods.joined())}\n")
    }
    var told: Set<String> = []
    for method in services.flatMap(\.methods) {
      for type in [method.request, method.response] { type.tell(&parts, &told) }
    }
    return parts.joined(separator: "\n")
  }
}

extension MessageType {
  /// The declaration, and those that it needs.
  fileprivate func tell(_ parts: inout [String], _ told: inout Set<String>) {
    guard told.insert(name).inserted else { return }
    let lines = fields.map { "\($0.declaration)\n" }
    let body = oneof.map { "  oneof \($0) {\n" + lines.map { "    " + $0 }.joined() + "  }\n" }
    parts.append("message \(name) {\n\(body ?? lines.map { "  " + $0 }.joined())}\n")
    for field in fields {
      switch field.kind {
      case .message(let type): type.tell(&parts, &told)
      case .enumeration(let type):
        guard told.insert(type.name).inserted else { continue }
        let cases = type.cases.enumerated().map { "  \($1) = \($0);\n" }
        parts.append("enum \(type.name) {\n\(cases.joined())}\n")
      default: continue
      }
    }
  }
}

extension MessageType.Field {
  fileprivate var declaration: String {
    switch cardinality {
    case .single: "\(kind.name) \(name) = \(number);"
    case .repeated: "repeated \(kind.name) \(name) = \(number);"
    case .map: "map<string, \(kind.name)> \(name) = \(number);"
    }
  }
}

extension MessageType.Kind {
  /// The word for it in a `.proto` file.
  var name: String {
    switch self {
    case .bool: "bool"
    case .int32: "int32"
    case .int64: "int64"
    case .uint32: "uint32"
    case .uint64: "uint64"
    case .float: "float"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .enumeration(let type): type.name
    case .message(let type): type.name
    }
  }
}
