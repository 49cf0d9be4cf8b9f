public import PomonaStore

/// Turns a dataset, as it stands, into the input of a training or an evaluation.
public protocol DatasetFreezing: Sendable {
    /// - Throws: what is wrong with the dataset's files or photos, in words.
    func freeze(_ dataset: Dataset.ID) async throws -> DatasetRevision.ID
}
