/// Writing a verdict back to MLflow: tags, reports among the artifacts, and an alias that moves to the version that
/// passed. What would be done, and doing it.
///
/// Tags and artifacts come first and the alias last, so that whoever follows the alias never meets a version without
/// them. MLflow moves an alias in one step; when something fails before, the alias stands where it stood.
package struct MLflowWriteBack: Sendable {
  package struct Tag: Sendable, Equatable {
    package var key: String
    package var value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// One call that changes something.
  package enum Step: Sendable, Equatable {
    case send(MLflowRequest)
    case upload(MLflowArtifact, run: String)
  }

  /// The run that is written to; nil for a version that was registered without one.
  package let run: String?
  /// The version that is written to; nil for a run alone.
  package let version: MLflowClient.ModelVersion?
  /// The version that has the alias now; nil when none has it, or no alias is to move.
  package let previous: String?
  /// Every call that it takes, in order; without the alias's when it stands there already.
  package let steps: [Step]

  /// Looks up both versions; writes nothing.
  ///
  /// - Parameters:
  ///   - target: the version by number or by another alias, or a run.
  ///   - alias: what the version is to be called; nil moves no alias.
  package static func plan(
    _ target: MLflowReference.Target, alias: String? = nil, tags: [Tag] = [], artifacts: [MLflowArtifact] = [],
    with client: MLflowClient
  ) async throws(MLflowError) -> MLflowWriteBack {
    let version: MLflowClient.ModelVersion?
    let run: String?
    if case .run(let id) = target {
      try await client.checkRun(id)
      (version, run) = (nil, id)
    } else {
      let found = try await client.version(of: target)
      (version, run) = (found, found.run.isEmpty ? nil : found.run)
    }
    var previous: String?
    if let version, let alias {
      do throws(MLflowError) {
        previous = try await client.version(of: .alias(model: version.model, alias: alias)).version
      } catch {
        guard error.isMissing else { throw error }
      }
    }
    var steps: [Step] = []
    for tag in tags {
      if let run { steps.append(.send(.tag(tag.key, tag.value, run: run))) }
      if let version {
        steps.append(.send(.tag(tag.key, tag.value, model: version.model, version: version.version)))
      }
    }
    if let first = artifacts.first {
      guard let run else {
        throw .noRun(model: version?.model ?? first.path, version: version?.version ?? "")
      }
      // What the upload would stumble over is said before anything is written.
      try await client.checkArtifacts(ofRun: run)
      steps += artifacts.map { .upload($0, run: run) }
    }
    if let version, let alias, previous != version.version {
      steps.append(.send(.promote(version.version, of: version.model, to: alias)))
    }
    return MLflowWriteBack(run: run, version: version, previous: previous, steps: steps)
  }

  /// Does it. Ends at the first call that fails.
  package func carryOut(with client: MLflowClient) async throws(MLflowError) {
    for step in steps {
      switch step {
      case .send(let request): try await client.send(request)
      case .upload(let artifact, let run): try await client.upload(artifact, run: run)
      }
    }
  }
}
