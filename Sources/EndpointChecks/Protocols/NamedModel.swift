/// A protocol whose requests name the model that they are for.
protocol NamedModel: ServingProtocol {
  var name: String { get set }
}

extension NamedModel {
  static var asksForModel: Bool { true }
  var model: String? { name }

  func asking(model: String) -> (any ServingProtocol)? {
    var other = self
    other.name = model
    return other
  }
}

/// One whose requests name its version, too.
protocol VersionedModel: NamedModel {
  var version: String? { get set }
}

extension VersionedModel {
  func asking(version: String) -> (any ServingProtocol)? {
    var other = self
    other.version = version
    return other
  }
}
