/// Moving an alias of a registered model to another version: what would be done, and doing it.
///
/// Tags come first and the alias last, so that whoever follows the alias never meets a version without its tags. MLflow
/// moves an alias in one step; when something fails before, the alias stands where it stood.
package struct MLflowPromotion: Sendable {
  package struct Tag: Sendable, Equatable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package let alias: String
  package let version: MLflowClient.ModelVersion
  /// The version that has the alias now; nil when none has it.
  package let previous: String?
  /// Every call that it takes, in order; without the alias's when it stands there already.
  package let requests: [MLflowRequest]

  /// Looks up both versions; writes nothing.
  ///
  /// - Parameter target: the version that is to have the alias, by number or by another alias.
  package static func plan(
    _ target: MLflowReference.Target, alias: String, tags: [Tag], with client: MLflowClient
  ) async throws(MLflowError) -> MLflowPromotion {
    let version = try await client.version(of: target)
    var previous: String?
    do throws(MLflowError) {
      previous = try await client.version(of: .alias(model: version.model, alias: alias)).version
    } catch {
      guard error.isMissing else { throw error }
    }
    var requests: [MLflowRequest] = []
    for tag in tags {
      if !version.run.isEmpty { requests.append(.tag(tag.key, tag.value, run: version.run)) }
      requests.append(.tag(tag.key, tag.value, model: version.model, version: version.version))
    }
    if previous != version.version { requests.append(.promote(version.version, of: version.model, to: alias)) }
    return MLflowPromotion(alias: alias, version: version, previous: previous, requests: requests)
  }

  /// Does it. Ends at the first call that fails.
  package func carryOut(with client: MLflowClient) async throws(MLflowError) {
    for request in requests { try await client.send(request) }
  }
}
