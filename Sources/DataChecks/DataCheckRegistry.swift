package import Verdict

/// Every check of the data suite. Adding one is a file and a line here.
package enum DataCheckRegistry {
  /// The checks on one column: each is a key of a column's rules.
  package static let columnChecks: [any ColumnCheck.Type] = [
    TypeCheck.self, RequiredCheck.self, MissingCheck.self, UniqueCheck.self, AtLeastCheck.self, AtMostCheck.self,
    BetweenCheck.self, InCheck.self, NotInCheck.self, MatchesCheck.self, FormatCheck.self, LengthCheck.self,
    DistinctCheck.self, MedianCheck.self, QuantileCheck.self, MinCheck.self, MaxCheck.self, RangeCheck.self,
    IQRCheck.self, MeanCheck.self, SumCheck.self, StdCheck.self, VarianceCheck.self, SkewCheck.self, KurtosisCheck.self,
    EntropyCheck.self, ModeCheck.self, FreshnessCheck.self, GapsCheck.self, AnomalyCheck.self,
    NotMatchesCheck.self, MatchesAnyCheck.self, MatchesAllCheck.self, SearchCheck.self, LikeCheck.self,
    NotLikeCheck.self, JSONSchemaCheck.self, AboveCheck.self, BelowCheck.self, EqualsCheck.self,
    MultipleOfCheck.self, FiniteCheck.self, NotNaNCheck.self, TrimmedCheck.self, ASCIICheck.self,
    IncreasingCheck.self, DecreasingCheck.self, SequentialCheck.self, ValuesCheck.self, LengthOutliersCheck.self,
    SpellingsCheck.self, SpecialCharactersCheck.self, TruncatedCheck.self, OccurringOnceCheck.self,
    CastableCheck.self, MixedTypesCheck.self, StoredAsCheck.self, ShapeCheck.self, ListLengthCheck.self,
    AbsentCheck.self, DeprecatedCheck.self, NullSpellingsCheck.self, ReferencesCheck.self,
  ]

  /// The checks that nobody writes.
  package static let impliedChecks: [any TableCheck.Type] = [ReadableCheck.self, PresentCheck.self]

  /// The checks on the shape of a table, which come before its columns: each is a key of its rules.
  package static let structureRules: [any TableRule.Type] = [
    RowsCheck.self, RowsMatchCheck.self, UnexpectedColumnsCheck.self, ColumnOrderCheck.self, SchemaAsCheck.self,
    DuplicateColumnsCheck.self, SimilarColumnsCheck.self, ColumnCountCheck.self, ColumnNamesCheck.self,
    TableAnomalyCheck.self,
  ]

  /// The checks on whole rows, which come after the columns: each is a key of the table's rules.
  package static let rowRules: [any TableRule.Type] = [
    PrimaryKeyCheck.self, KeysCheck.self, ForeignKeysCheck.self, DuplicateRowsCheck.self, RowsWhereCheck.self,
    SameRowsCheck.self, GroupsCheck.self, AggregateMatchCheck.self, CorrelationCheck.self, MutualInformationCheck.self,
    LagCheck.self,
    CompleteCheck.self, AnyPresentCheck.self, CoMissingCheck.self, CompleteRowsCheck.self, EmptyRowsCheck.self,
    EmptyColumnsCheck.self,
    RowOverlapCheck.self, KeyOverlapCheck.self, TimeOverlapCheck.self, NearDuplicatesCheck.self, SplitSizeCheck.self,
    LabelConflictsCheck.self, ClassBalanceCheck.self, NewLabelsCheck.self, LabelLeakCheck.self,
    IdentifierLeakCheck.self, OutlierRowsCheck.self,
    DriftCheck.self, LabelDriftCheck.self, PredictionDriftCheck.self, CorrelationChangeCheck.self,
    ServingSkewCheck.self, MultivariateDriftCheck.self, ReconstructionDriftCheck.self, EmbeddingDriftCheck.self,
    TFDVDriftCheck.self,
  ]

  package static var tableChecks: [any TableCheck.Type] { impliedChecks + structureRules + rowRules }

  /// One text for every kind: what is a key of the table and of its columns is explained once.
  package static var documentation: [CheckDocumentation] {
    let table = tableChecks.map { $0.documentation }
    return table + columnChecks.map { $0.documentation }.filter { !table.map(\.kind).contains($0.kind) }
  }
}
