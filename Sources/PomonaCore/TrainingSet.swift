/// Labelled photos, frozen: what a model is trained or evaluated on.
///
/// The set knows nothing of COCO files or containers: whoever builds one has already checked its labels, turned every
/// box into pixels and resolved every photo to a file on disk.
public struct TrainingSet: Codable, Equatable, Sendable {
    /// The tags in the order of their indices.
    public var labels: [String]

    /// The photos, with and without annotations; a photo without any says "nothing here".
    public var photos: [LabeledPhoto]

    public init(labels: [String], photos: [LabeledPhoto]) {
        self.labels = labels
        self.photos = photos
    }
}

/// One photo of a training set with what is to be seen in it.
public struct LabeledPhoto: Codable, Equatable, Sendable {
    /// The name a person knows the photo by, used in messages and lists.
    public var name: String

    /// Where the encoded photo lies: an absolute path.
    public var path: String

    /// The size the labels speak of: the photo's, upright.
    public var size: ImageSize

    public var annotations: [Annotation]

    public init(name: String, path: String, size: ImageSize, annotations: [Annotation]) {
        self.name = name
        self.path = path
        self.size = size
        self.annotations = annotations
    }
}

/// A tag on a photo or on a part of it.
public struct Annotation: Codable, Equatable, Sendable {
    /// Index into the set's `labels`.
    public var label: Int

    /// Where the object is, in pixels of the upright photo; `nil` where the tag speaks of the whole photo.
    public var box: Box?

    /// Whether the box holds a group of objects that cannot be told apart (COCO's `iscrowd`): evaluation does not
    /// count it as missed, training does not learn from it.
    public var isCrowd: Bool

    public init(label: Int, box: Box?, isCrowd: Bool = false) {
        self.label = label
        self.box = box
        self.isCrowd = isCrowd
    }
}
