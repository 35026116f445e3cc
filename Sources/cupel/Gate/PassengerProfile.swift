internal import DataChecks
internal import Planning
internal import Profiles
internal import Reports
internal import Scan
internal import Synchronization

/// A profile that rides along in the pass of the checks.
final class PassengerProfile: Sendable {
  private let source: String
  private let sample: SampleShare?
  private let path: String
  private let withMakeup: Bool
  /// Nothing until the table has been read to its end.
  private let outcome = Mutex<Result<Profile, ScanError>?>(nil)

  /// - Parameters:
  ///   - source: the dataset as messages name it.
  ///   - sample: which part of it is read, when it is not all of it.
  ///   - path: where the profile goes.
  ///   - withMakeup: whether to look into texts, of which characters and words they are made.
  init(of source: String, sample: SampleShare?, to path: String, withMakeup: Bool = false) {
    self.withMakeup = withMakeup
    self.source = source
    self.sample = sample
    self.path = path
  }

  /// What the dataset is asked to let ride along.
  var companion: DatasetSubject.Companion {
    { fields, plan in
      do throws(ScanError) {
        let request = try ProfileRequest(
          fields, named: self.source, isSample: self.sample != nil, withMakeup: self.withMakeup, &plan)
        return { measurements in
          self.arrive(Result { () throws(ScanError) in try request.profile(measurements) })
        }
      } catch {
        return { _ in self.arrive(.failure(error)) }
      }
    }
  }

  private func arrive(_ result: Result<Profile, ScanError>) { outcome.withLock { $0 = result } }

  /// The profile, once the table has been read to its end.
  var profile: Profile? { try? outcome.withLock { $0 }?.get() }

  /// Writes the profile, when there is one; returns what went wrong.
  ///
  /// - Parameter reason: why it is accepted although its run has failed.
  func save(because reason: String? = nil) -> String? {
    do {
      guard var profile = try outcome.withLock({ $0 })?.get() else { return nil }
      profile.acceptedBecause = reason
      try ProfileFile.save(profile, to: path)
      return nil
    } catch let error as ScanError {
      return "Cannot make the profile \(path): \(error.message)"
    } catch {
      return "\(error)"
    }
  }
}
