internal import Language

extension EndpointDeclaration {
  /// The declaration with the schemas that it names read.
  func loaded(from folders: EndpointFolders, _ problems: inout Problems) -> EndpointDeclaration {
    var copy = self
    for index in copy.entries.indices {
      switch copy.entries[index].content {
      case .request(var request):
        request.expectations = request.expectations.loaded(from: folders, &problems)
        copy.entries[index].content = .request(request)
      case .infer(var inference):
        inference.expectations = inference.expectations.loaded(from: folders, &problems)
        copy.entries[index].content = .infer(inference)
      case .ready, .metadata, .probing: break
      }
    }
    return copy
  }
}

extension ExpectationList {
  fileprivate func loaded(from folders: EndpointFolders, _ problems: inout Problems) -> ExpectationList {
    var copy = self
    copy.written = written.map { expectation in
      guard var json = expectation as? JSONExpectation, case .schema(let claim) = json.claim else { return expectation }
      json.claim = .schema(claim.loaded(folders.read, &problems))
      return json
    }
    return copy
  }
}
