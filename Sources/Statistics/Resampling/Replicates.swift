/// Computes replicates side by side. Each has the random numbers of its own number, so the results are the same for
/// every number of threads.
package enum Replicates {
  /// The replicates 0..<count in order. A task's replicates share a scratch space, which a replicate must leave as it
  /// found it, or overwrite.
  package static func run<Scratch, Value: Sendable>(
    _ count: Int, seed: Seed, threads: Int? = nil, scratch: @escaping @Sendable () -> Scratch,
    _ replicate: @escaping @Sendable (inout Scratch, inout Philox) -> Value
  ) async -> [Value] {
    // Tasks are many more than cores, so that one that is late holds nobody up; their number changes no result.
    let size = max(1, count / 64)
    let starts = Array(stride(from: 0, to: count, by: size))
    @Sendable func task(_ start: Int) -> [Value] {
      var space = scratch()
      return (start..<min(start + size, count)).map { number in
        var random = Philox(seed, stream: UInt64(number))
        return replicate(&space, &random)
      }
    }
    if threads == 1 { return starts.flatMap(task) }
    var parts = [[Value]](repeating: [], count: starts.count)
    await withTaskGroup(of: (Int, [Value]).self) { group in
      var next = 0
      let limit = threads ?? starts.count
      while next < min(limit, starts.count) {
        let index = next
        group.addTask { (index, task(starts[index])) }
        next += 1
      }
      for await (index, values) in group {
        parts[index] = values
        if next < starts.count {
          let index = next
          group.addTask { (index, task(starts[index])) }
          next += 1
        }
      }
    }
    return parts.flatMap { $0 }
  }
}
