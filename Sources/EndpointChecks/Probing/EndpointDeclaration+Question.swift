extension EndpointDeclaration {
  /// The first inference or request of the config that can stand for all: what checks ask that bring no request of their
  /// own.
  var firstQuestion: Exchange? { questions.first }

  /// The questions that look like ones for predictions: with a body, and an answer from which nothing is captured, as from
  /// that of a login.
  var predictionQuestions: [Exchange] {
    questions.filter { !$0.request.body.isEmpty && $0.captures.isEmpty && $0.status?.allowsSuccess == true }
  }

  /// The inferences and requests of the config. Captured values are not at hand, so those that need some are passed over.
  var questions: [Exchange] {
    EndpointPlan(name: "", declaration: self).steps.compactMap { step in
      guard case .exchange(let exchange) = step, exchange.uses.isEmpty, exchange.status != nil else { return nil }
      return exchange
    }
  }
}

extension Exchange {
  /// The claim about the status, which every inference and every request has.
  var status: StatusExpectation? { claims.lazy.compactMap { $0.expectation as? StatusExpectation }.first }
}
