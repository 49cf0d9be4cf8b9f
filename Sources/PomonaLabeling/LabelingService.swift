public import PomonaDatasets
public import PomonaStore

/// What is done in labeling projects: photos labeled by people and a machine, reviewed, and made a COCO file.
///
/// Every function that changes something returns when the change is on disk. Who may do what is asked with
/// ``role(of:in:atLeast:to:)`` beforehand.
public struct LabelingService: Sendable {
    public let store: Store
    public let datasets: DatasetService
    let settings: LabelingServiceSettings

    public init(
        store: Store, datasets: DatasetService, settings: LabelingServiceSettings = LabelingServiceSettings()
    ) {
        self.store = store
        self.datasets = datasets
        self.settings = settings
    }

    var catalog: Catalog { store.catalog }
}

/// What labeling depends on.
public struct LabelingServiceSettings: Sendable {
    /// Where the Blob API is, such as `http://127.0.0.1:10000`: addresses of photos in label files begin with it.
    public var blobEndpoint: String

    /// The longest that a training experiment may take.
    public var trainingBudgetSeconds: Double

    /// Bytes of the largest file that is imported, and of what a zip may unpack to.
    public var importLimit: Int

    public init(
        blobEndpoint: String = "http://127.0.0.1:10000", trainingBudgetSeconds: Double = 900,
        importLimit: Int = 512 << 20
    ) {
        self.blobEndpoint = blobEndpoint
        self.trainingBudgetSeconds = trainingBudgetSeconds
        self.importLimit = importLimit
    }
}
