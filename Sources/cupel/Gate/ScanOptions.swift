internal import ArgumentParser
internal import Language
internal import Scan
internal import Verdict

/// What a command that reads tables may use of the machine.
struct ScanOptions: ParsableArguments {
  @Option(help: "How many cores may read data at once; all of them otherwise. The result is the same.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "How much memory the state of a scan may take, 256MB otherwise; what is more goes to disk.", valueName: "size"))
  var maxMemory: MemorySize?

  var threadCount: Int { threads ?? Invocation.coreCount }
  /// In bytes.
  var memory: Int { maxMemory?.bytes ?? 256 << 20 }
  var resources: ScanResources { ScanResources(threads: threadCount, memory: memory) }

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads is at least 1") }
  }
}

/// An amount of memory on the command line: `64MB`, `2GB`.
struct MemorySize: ExpressibleByArgument, Sendable {
  var bytes: Int

  init?(argument: String) {
    var problems = Problems()
    let node = Node(.scalar(argument, quoted: false), at: SourceLocation(file: "", line: 1, column: 1))
    guard let size = Shape<Quantity>.bytes.decode(node, &problems), (1e6...1e15).contains(size.value) else {
      return nil
    }
    bytes = Int(size.value)
  }
}
