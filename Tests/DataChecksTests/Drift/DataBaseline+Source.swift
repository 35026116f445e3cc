import DataChecks
import Language
import Planning
import Scan
import Verdict

extension DataBaseline {
  /// A dataset of the test, by its name.
  init(of source: TableSource, named name: String) {
    var scan = NativeScan(source)
    let columns = (try? scan.fields())?.map(\.name) ?? []
    let place = SourceLocation(file: "cupel.yaml", line: 1, column: 1)
    self.init(name: name, .dataset(Located(name, at: place), columns: columns))
  }
}
