/// What `cupel explain` says of the words of the language that are no checks.
struct ExplainTopic: Sendable {
  /// What it is called first, and what else people call it.
  var names: [String]
  var text: String
  /// A whole config that uses it.
  var example: String?

  static func named(_ word: String) -> ExplainTopic? {
    let word = word.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    return all.first { $0.names.contains(word) }
  }

  static let all: [ExplainTopic] =
    [
      allow, baseline, checks, conditions, environments, exitCodes, groups, literals, missingValues, outcomes, rowKey,
      sensitive, severity, source, waivers,
    ] + models

  private static let allow = ExplainTopic(
    names: ["allow", "tolerance", "tolerances"],
    text: """
      How much may violate a check that judges single values or rows: a share of those that are evaluated, 0.1%, or a
      number of them, 10 rows. Beside a column's checks it is for all of them that judge its values, and not for type;
      under checks: for one.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          columns:
            carrier: {in: [AA, UA], allow: 0.1%}
            distance:
              checks:
                - {at_least: 0, allow: 10 rows}
      """)

  private static let baseline = ExplainTopic(
    names: [
      "baseline", "baselines", "when_missing", "git", "dvc", "mlflow", "merge_base", "max_age", "ratchet",
      "evaluation_set",
    ],
    text: """
      What a model is compared with: a file of metrics or predictions; one of another revision, git:REVISION:PATH or
      dvc:REVISION:PATH, where merge-base(origin/main) as REVISION is where the branch began; a URL; for metrics also an
      MLflow run, mlflow:models:/NAME@ALIAS, mlflow:models:/NAME/VERSION or mlflow:runs:/RUN_ID, and history: what the last
      accepted run left. when_missing says what its absence means: error (the default), accept or
      absolute-only (what compares is skipped visibly, and the gates that need no baseline are judged; absolute-only is
      the default of a history). A server that is down,
      credentials that are refused and a model that nobody registered are errors always.
      max_age bounds how old a baseline may be. ratchet: 5, with a history, holds the best number that five accepted runs
      in a row reached. What `cupel accept` writes beside a file (FILE.contract.json) says on which rows it was judged,
      what its metrics mean and what the file held: others are not compared, and a file written over since is an error.
      evaluation_set names these rows for metrics files.
      """,
    example: """
      version: 1
      models:
        delay:
          candidate: {metrics: out/metrics.json}
          baseline: {metrics: "git:origin/main:out/metrics.json", when_missing: absolute-only}
          gates:
            - {metric: roc_auc, max_regression: 0.005 absolute}
      """)

  private static let checks = ExplainTopic(
    names: ["checks", "check", "id", "identity", "identities", "columns", "column"],
    text: """
      A check is one claim about one subject. The keys of a column are its checks; those that need a tolerance, severity,
      condition or name of their own stand under checks:, one an entry. Its identity, data.flights.distance.between, is
      stable between runs; the same kind twice on one column needs an id. A column that the rules name must be there,
      unless it is optional.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          columns:
            distance:
              type: integer
              between: [0, 6000]
              checks:
                - {at_least: 50, severity: warn, id: long-enough}
            note: {optional: true}
      """)

  private static let conditions = ExplainTopic(
    names: ["where", "when", "condition", "conditions"],
    text: """
      The rows that a check speaks of, as an expression over the columns: where beside a check, when in rows_where. Rows
      in which it is false or unknown are not selected and are counted; a condition that selects nothing is an error and
      never a pass. cupel explain expressions says what can be written.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          columns:
            dep_delay:
              checks:
                - {at_least: -60, where: "origin != 'JFK'"}
      """)

  private static let environments = ExplainTopic(
    names: ["environments", "environment", "env"],
    text: """
      Where a gate runs: --env takes one of the names. There checks can block or warn instead of what stands at them, by
      identity or its beginning; of several that match the one that says most decides. A column of environments:
      [training] must be there with --env training, and must not with another one; without --env it is checked as if it
      belonged.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          columns:
            label: {type: integer, environments: [training]}
      environments:
        training:
        laptop:
          severity: {data.flights: warn}
      """)

  private static let exitCodes = ExplainTopic(
    names: ["exit_codes", "exit_code", "exit", "exitcodes"], text: ExitCodesCommand.table)

  private static let groups = ExplainTopic(
    names: ["group_by", "group"],
    text: """
      The columns whose values cut the rows into groups, each of which the check judges by itself, in one pass. The finding
      names the groups in which it does not hold; a missing value makes a group of its own. Up to 5,000 groups. A group of
      which where: selects no row is judged by rows, as one of 0 rows; other checks leave it out, and their finding says
      how many there are. The check groups says which groups are new or gone.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          rows: {at_least: 100, group_by: carrier}
          columns:
            dep_delay:
              type: number
              checks:
                - {median: {at_most: 30}, group_by: [carrier, origin]}
      """)

  private static let literals = ExplainTopic(
    names: ["literals", "literal", "units", "unit", "limits", "limit", "bounds", "bound"],
    text: """
      Numbers carry their units: 1%, 10 rows, 500ms, 24h, 64MB. A bare number is never a share. All limits are inclusive
      but above and below; a limit is at_least, at_most, between or equals. Regressions name how they are measured: 0.01
      absolute, 1% relative.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          rows: {between: [1000, 2000]}
          columns:
            time_hour: {type: timestamp, freshness: {at_most: 24h}}
            dep_delay: {missing: {at_most: 3%}}
      """)

  private static let missingValues = ExplainTopic(
    names: ["missing_values", "null", "nulls", "null_values", "na"],
    text: """
      A null is neither valid nor invalid: value checks look at the values that are there, missing bounds the nulls,
      required forbids them. In CSV an empty unquoted field is a null, and so is what null_values of the dataset lists;
      missing_values of a column, in every format, says what else means none there: a list of codes, or codes and a
      pattern (RE2) that such a text matches as a whole: {values: [-999], matches: '(?i)n/?a'}. NaN is a value.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          null_values: [NA]
          columns:
            dep_delay: {type: number, missing_values: [-999], missing: {at_most: 3%}}
      """)

  private static let outcomes = ExplainTopic(
    names: ["outcomes", "outcome", "passed", "failed", "errored", "skipped", "inconclusive"],
    text: """
      passed        evaluated, and the claim holds
      failed        evaluated, and it is false
      inconclusive  evaluated, and a limit lies within the error of what is known
      skipped       not evaluated, because of another check that the finding names, or because the rules ask for it
      errored       could not be evaluated: no rows, no value, a file that cannot be read, an undefined number
      """)

  private static let rowKey = ExplainTopic(
    names: ["row_key"],
    text: """
      The columns whose values stand beside the rows that a finding shows, so that a person finds them. Without it these
      are those of primary_key, the first column that is required and unique, or those of the first of keys.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          row_key: [carrier, flight]
          columns:
            distance: {at_least: 0}
      """)

  private static let sensitive = ExplainTopic(
    names: ["sensitive", "privacy", "pii"],
    text: """
      The values of such a column appear in no output: findings show hidden value 1, profiles leave the column out, and
      cupel data rows writes hidden unless --show-sensitive asks for them.
      """,
    example: """
      version: 1
      data:
        people:
          source: people.csv
          columns:
            email: {format: email, sensitive: true}
      """)

  private static let severity = ExplainTopic(
    names: ["severity", "warn", "block", "fail_on"],
    text: """
      How much a failed or inconclusive check weighs: block, the default, fails the run; warn is reported and fails it only
      with --fail-on warn. An errored check always blocks. It stands beside a check, at a column for all of its checks, or
      in an environment.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          columns:
            carrier: {in: [AA, UA], severity: warn}
      """)

  private static let source = ExplainTopic(
    names: ["source", "sources", "files", "file", "csv", "tsv", "jsonl", "parquet", "arrow", "delimiter", "encoding"],
    text: """
      A path relative to the file that names it, a pattern, a folder, a list of these, or - for standard input: one dataset
      with the same columns throughout. CSV, TSV, JSON Lines (also .gz and .zst), Parquet and Arrow IPC are told by their
      first bytes; format: overrides. Of CSV: delimiter, header, names, null_values, encoding.
      """,
    example: """
      version: 1
      data:
        flights:
          source: [data/2024/*.csv.gz, data/2025/*.csv.gz]
          delimiter: ";"
          encoding: latin1
          rows: {at_least: 1}
      """)

  private static let waivers = ExplainTopic(
    names: ["waivers", "waiver", "waive", "expires"],
    text: """
      A named exception to one check, by its identity: why, who answers for it, and the last day on which it holds (UTC).
      It covers failed and inconclusive, never errored. Past that day the check counts again, and the waiver is one more
      failure; --now fixes the day.
      """,
    example: """
      version: 1
      data:
        flights:
          source: flights.csv
          columns:
            dep_delay: {missing: {at_most: 3%}}
      waivers:
        - {check: data.flights.dep_delay.missing, reason: the new feed is late, owner: ana, expires: 2027-03-31}
      """)
}
