public import Foundation
public import PomonaCOCO
public import PomonaCore
public import PomonaStore

/// All labels of a dataset as they stand: its COCO files together, each photo found in the store.
public struct DatasetLabels: Sendable {
    /// A photo with what all files say of it.
    public struct Photo: Sendable {
        public var address: BlobAddress
        /// 32 bytes.
        public var sha256: Data
        /// Its number, where it was found in a container's list.
        var item: BlobItem.ID?
        /// As the labels give it: the photo's, upright.
        public var size: ImageSize
        public var annotations: [Annotation]

        public init(address: BlobAddress, sha256: Data, size: ImageSize, annotations: [Annotation]) {
            self.address = address
            self.sha256 = sha256
            self.size = size
            self.annotations = annotations
        }

        init(_ item: BlobItem, size: ImageSize, annotations: [Annotation]) {
            self.init(address: item.address, sha256: item.sha256, size: size, annotations: annotations)
            self.item = item.id
        }
    }

    /// One COCO file of the dataset.
    public struct File: Sendable {
        /// The reference that the dataset keeps.
        public var reference: String
        public var imageCount: Int
        public var annotationCount: Int
        public var findings: [COCOFinding]
    }

    /// Tags in the order in which the files name them.
    public var labels: [String]
    /// In the order of the files.
    public var photos: [Photo]
    /// Names of labelled photos that are nowhere.
    public var missing: [String]
    /// How many photos were named by an address elsewhere and taken from the container for their file name.
    public var takenFromContainer: Int
    public var files: [File]

    /// Labels that come from elsewhere than a dataset's files.
    public init(labels: [String], photos: [Photo], missing: [String]) {
        self.init(labels: labels, photos: photos, missing: missing, takenFromContainer: 0, files: [])
    }

    init(labels: [String], photos: [Photo], missing: [String], takenFromContainer: Int, files: [File]) {
        self.labels = labels
        self.photos = photos
        self.missing = missing
        self.takenFromContainer = takenFromContainer
        self.files = files
    }
}

extension [Annotation] {
    /// The same annotations with other numbers for their labels.
    ///
    /// - Parameter indices: the new number of each label. Where none changes, the array is shared and not copied: a large
    ///   dataset's annotations are most of what it takes in memory.
    func renumbered(_ indices: [Int]) -> [Annotation] {
        guard contains(where: { indices[$0.label] != $0.label }) else { return self }
        return map { Annotation(label: indices[$0.label], box: $0.box, isCrowd: $0.isCrowd) }
    }
}

/// Puts the labels of several files together.
struct LabelMerge {
    private(set) var labels: [String] = []
    private(set) var photos: [DatasetLabels.Photo] = []
    private(set) var missing: [String] = []
    private(set) var takenFromContainer = 0
    private(set) var files: [DatasetLabels.File] = []
    private var places: [BlobItem.ID: Int] = [:]

    mutating func add(_ file: COCOFile, _ labels: COCOLabels, reference: String, photos found: [FoundPhoto?]) {
        photos.reserveCapacity(photos.count + found.count)
        places.reserveCapacity(photos.count + found.count)
        var indices: [Int] = []
        for label in labels.validation.labels { indices.append(index(of: label)) }
        for (place, image) in file.document.images.enumerated() {
            let annotations = labels.annotations[place].renumbered(indices)
            if annotations.isEmpty, labels.validation.kind == .classification { continue }
            guard let photo = found[place] else {
                missing.append(image.name)
                continue
            }
            if photo.isTakenFromContainer { takenFromContainer += 1 }
            let size = ImageSize(width: Int(image.width.rounded()), height: Int(image.height.rounded()))
            let item = photo.item
            if let known = places[item.id] {
                // A second file that says the same must not double a box.
                for annotation in annotations where !photos[known].annotations.contains(annotation) {
                    photos[known].annotations.append(annotation)
                }
            } else {
                places[item.id] = photos.count
                photos.append(DatasetLabels.Photo(item, size: size, annotations: annotations))
            }
        }
        files.append(
            DatasetLabels.File(
                reference: reference, imageCount: file.document.images.count,
                annotationCount: file.document.annotations.count, findings: labels.validation.findings))
    }

    /// Gives a photo the one tag that a person chose for it, or none.
    mutating func set(_ tag: String?, of item: BlobItem, size: ImageSize) {
        let annotations = tag.map { [Annotation(label: index(of: $0), box: nil)] } ?? []
        if let known = places[item.id] {
            photos[known].annotations = annotations
        } else if !annotations.isEmpty, size.area > 0 {
            places[item.id] = photos.count
            photos.append(DatasetLabels.Photo(item, size: size, annotations: annotations))
        }
    }

    private mutating func index(of label: String) -> Int {
        if let index = labels.firstIndex(of: label) { return index }
        labels.append(label)
        return labels.count - 1
    }

    var result: DatasetLabels {
        DatasetLabels(
            labels: labels, photos: photos, missing: missing, takenFromContainer: takenFromContainer, files: files)
    }
}
