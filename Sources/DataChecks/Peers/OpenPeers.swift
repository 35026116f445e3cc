internal import Language
internal import Planning
internal import Scan
internal import Verdict

/// The other datasets that some checks look at, opened.
struct OpenPeers {
  /// Those that could be opened, by name.
  private(set) var opened = PeerTables()
  private(set) var backends: [String: any Backend] = [:]
  private var problems: [String: ScanError] = [:]

  init(_ references: [PeerReference], among peers: [PeerDataset], _ resources: ScanResources) {
    for peer in peers {
      let references = references.filter { $0.dataset.value == peer.name }
      guard !references.isEmpty else { continue }
      guard !peer.source.isStream else {
        problems[peer.name] = ScanError(
          .unreadable, "\(peer.source.name) is a stream, which is read once: for its own checks",
          hint: "save it to a file first")
        continue
      }
      var source = peer.source
      source.options.expectedColumns = references.flatMap(\.columns)
      source.options.wantsAllColumns = references.contains(where: \.readsAllColumns)
      source.options.temporaryFolder = resources.temporaryFolder
      var backend = NativeScan(source, resources)
      do throws(ScanError) {
        opened.tables[peer.name] = PeerTable(dataset: peer, fields: try backend.fields())
        backends[peer.name] = backend
      } catch {
        problems[peer.name] = error
      }
    }
  }

  /// One of them, of which a part is in memory.
  init(_ dataset: PeerDataset, as table: MemoryTable, _ resources: ScanResources) {
    opened.tables[dataset.name] = PeerTable(dataset: dataset, fields: table.fields)
    backends[dataset.name] = MemoryScan(table, of: dataset.source, resources)
  }

  /// The finding of a check that looks at a dataset which could not be opened, or which lacks what the check needs.
  func finding(for planned: PlannedCheck, _ references: [PeerReference]) -> Finding? {
    for reference in references {
      let name = reference.dataset.value
      guard let table = opened.tables[name] else {
        return planned.unanswered(by: name, problems[name] ?? ScanError(.unreadable, "it was not opened"))
      }
      if let problem = table.problem(without: reference.columns) { return planned.unanswered(by: name, problem) }
    }
    return nil
  }
}
