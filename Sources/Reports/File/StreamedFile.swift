internal import Glibc

/// A file that is written piece by piece and seen as a whole: it takes its place when it is finished, and until then a
/// file that was there stays as it was. A device or a pipe is written to at once.
package final class StreamedFile: Sendable {
  private let target: AtomicFile
  private let name: String
  private let descriptor: Int32
  /// Where it is written until it is finished; nil when it is no file that could be replaced.
  private let temporary: String?

  /// Makes the folders that are missing.
  package init(path: String) throws(ReportError) {
    name = TextSafety.inline(path)
    do throws(AtomicFile.Failure) {
      target = try AtomicFile(path: path)
      if target.isReplaceable {
        let (temporary, descriptor) = try target.openTemporary()
        (self.temporary, self.descriptor) = (temporary, descriptor)
      } else {
        (temporary, descriptor) = (nil, try target.openDirectly())
      }
    } catch {
      throw error.report(TextSafety.inline(path))
    }
  }

  deinit {
    close(descriptor)
    // A finished file is no longer there.
    if let temporary { unlink(temporary) }
  }

  package func write(_ bytes: [UInt8]) throws(ReportError) {
    do throws(AtomicFile.Failure) {
      try AtomicFile.write(bytes, to: descriptor)
    } catch {
      throw error.report(name)
    }
  }

  /// Puts the file into its place.
  package func finish() throws(ReportError) {
    guard let temporary else { return }
    do throws(AtomicFile.Failure) {
      try target.place(temporary, descriptor)
    } catch {
      throw error.report(name)
    }
  }
}

extension AtomicFile.Failure {
  fileprivate func report(_ path: String) -> ReportError {
    .notWritten(path: path, reason: reason, advice: advice)
  }
}
