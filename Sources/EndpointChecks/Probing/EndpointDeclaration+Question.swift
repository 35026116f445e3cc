extension EndpointDeclaration {
  /// The first inference or request of the config that can stand for all: what checks ask that bring no request of their
  /// own. Captured values are not at hand, so requests that need some are passed over.
  var firstQuestion: Exchange? {
    for step in EndpointPlan(name: "", declaration: self).steps {
      guard case .exchange(let exchange) = step, exchange.uses.isEmpty, exchange.status != nil else { continue }
      return exchange
    }
    return nil
  }
}

extension Exchange {
  /// The claim about the status, which every inference and every request has.
  var status: StatusExpectation? { claims.lazy.compactMap { $0.expectation as? StatusExpectation }.first }
}
