internal import ArgumentParser
internal import EndpointChecks
internal import Language

extension Gate {
  /// An endpoint of the config; a name that it does not have is a mistake of the command line.
  func endpoint(named name: String) throws -> EndpointSubject {
    let endpoints = subjects.compactMap { $0 as? EndpointSubject }
    if let found = endpoints.first(where: { $0.name == name }) { return found }
    let near = nearest(name, among: endpoints.map(\.name)).map { " Did you mean \($0)?" } ?? ""
    throw ValidationError("the config has no endpoint \(name).\(near)")
  }
}
