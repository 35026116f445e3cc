internal import Scan

extension Array where Element: Sendable {
  /// What some work makes of each element, in their order, several at once. The first that fails ends it.
  func concurrently<Result: Sendable>(
    threads: Int, _ work: @escaping @Sendable (Element) async throws(ScanError) -> Result
  ) async throws(ScanError) -> [Result] {
    let found = await withTaskGroup(of: (Int, Swift.Result<Result, ScanError>).self) { group in
      var waiting = enumerated().makeIterator()
      func next(_ group: inout TaskGroup<(Int, Swift.Result<Result, ScanError>)>) {
        guard let (index, element) = waiting.next() else { return }
        group.addTask {
          do throws(ScanError) {
            return (index, .success(try await work(element)))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      for _ in 0..<Swift.max(1, threads) { next(&group) }
      var done: [(Int, Swift.Result<Result, ScanError>)] = []
      for await result in group {
        done.append(result)
        next(&group)
      }
      return done
    }
    var results: [Result] = []
    for (_, result) in found.sorted(by: { $0.0 < $1.0 }) { results.append(try result.get()) }
    return results
  }
}
