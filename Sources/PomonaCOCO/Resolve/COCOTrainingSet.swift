public import PomonaCore

/// A label file and a folder of photos, made into something to train on or to evaluate with.
public struct COCOTrainingSet: Sendable {
    /// A photo that a file speaks of and that is not there.
    public struct MissingPhoto: Codable, Equatable, Sendable {
        /// What the label file calls it.
        public var name: String
        /// Its id in the label file.
        public var id: Int
        public var reason: String
    }

    /// The photos that were found, with their labels; all boxes are in pixels and lie within their photo.
    public var set: TrainingSet

    public var missing: [MissingPhoto]

    /// What the label file was judged to be.
    public var validation: COCOValidation

    /// Whether more photos are missing than were found: then the folder is likely the wrong one.
    public var isMostlyMissing: Bool { missing.count > set.photos.count }
}

extension COCOFile {
    /// Checks the labels and finds the photos.
    ///
    /// Photos without a box stay in the set for detection: they say "nothing here". Photos without a tag are left out
    /// of the set for classification. A photo that is not in the folder is listed, never an error; the caller decides
    /// how many may be missing.
    ///
    /// - Parameters:
    ///   - imagesFolder: Where the photos are.
    ///   - kind: What the file is to teach; `nil` to go by whether its annotations have boxes.
    ///   - form: The form of the boxes; `nil` to recognise it.
    /// - Throws: ``COCOError/invalid(file:findings:)`` with everything that is wrong with the labels, or
    ///   ``COCOError/missing(path:)`` without the folder.
    public func trainingSet(
        imagesFolder: String, kind: COCOKind? = nil, form: BoxForm? = nil
    ) throws -> COCOTrainingSet {
        let labels = try labels(kind: kind, form: form)
        let (validation, labelled) = (labels.validation, labels.annotations)
        let folder = try PhotoFolder(path: imagesFolder)

        var photos: [LabeledPhoto] = []
        photos.reserveCapacity(document.images.count)
        var missing: [COCOTrainingSet.MissingPhoto] = []
        for (image, annotations) in zip(document.images, labelled) {
            if annotations.isEmpty, validation.kind == .classification { continue }
            guard let file = folder.file(of: image) else {
                missing.append(
                    COCOTrainingSet.MissingPhoto(
                        name: image.name, id: image.id, reason: "it is not in \(folder.path)"))
                continue
            }
            photos.append(LabeledPhoto(name: image.name, path: file, size: image.size, annotations: annotations))
        }
        return COCOTrainingSet(
            set: TrainingSet(labels: validation.labels, photos: photos), missing: missing, validation: validation)
    }
}

/// What a sound label file says of each of its images.
public struct COCOLabels: Sendable {
    /// For each image of the document, in its order: boxes in pixels, clipped to the photo.
    public var annotations: [[Annotation]]
    public var validation: COCOValidation
}

extension COCOFile {
    /// The labels by themselves, wherever the photos are.
    ///
    /// - Throws: ``COCOError/invalid(file:findings:)`` with everything that is wrong with them.
    public func labels(kind: COCOKind? = nil, form: BoxForm? = nil) throws -> COCOLabels {
        try labels(validate(kind: kind, form: form))
    }

    /// The labels by what is known of the file already.
    ///
    /// - Parameter validation: this file's.
    /// - Throws: ``COCOError/invalid(file:findings:)`` with everything that is wrong with them.
    public func labels(_ validation: COCOValidation) throws -> COCOLabels {
        guard validation.isUsable else { throw COCOError.invalid(file: path, findings: validation.findings) }
        return COCOLabels(annotations: document.labelledPhotos(validation), validation: validation)
    }
}

extension COCODocument {
    /// As ``COCOFile/trainingSet(imagesFolder:kind:form:)``, for labels that come from elsewhere than a file.
    ///
    /// - Throws: ``COCOError``, with `name` for the file.
    public func trainingSet(
        imagesFolder: String, kind: COCOKind? = nil, form: BoxForm? = nil, name: String = "the label file"
    ) throws -> COCOTrainingSet {
        try COCOFile(self, name: name).trainingSet(imagesFolder: imagesFolder, kind: kind, form: form)
    }

    /// The labels as a COCO document: boxes in pixels, ids from 1 in the order of photos and tags.
    public init(_ set: TrainingSet) {
        self.init()
        categories = set.labels.enumerated().map { COCOCategory(id: $0 + 1, name: $1) }
        images.reserveCapacity(set.photos.count)
        for (index, photo) in set.photos.enumerated() {
            images.append(
                COCOImage(
                    id: index + 1, width: Double(photo.size.width), height: Double(photo.size.height),
                    fileName: photo.name))
            for annotation in photo.annotations {
                annotations.append(
                    COCOAnnotation(
                        id: annotations.count + 1, imageID: index + 1, categoryID: annotation.label + 1,
                        box: annotation.box.map {
                            COCOBox(left: $0.xMin, top: $0.yMin, width: $0.width, height: $0.height)
                        },
                        isCrowd: annotation.isCrowd))
            }
        }
    }

    /// For each image what is to be seen in it: boxes in pixels, clipped to the photo. The labels are sound.
    fileprivate func labelledPhotos(_ validation: COCOValidation) -> [[Annotation]] {
        var counts = [Int](repeating: 0, count: images.count)
        for image in validation.imageOf { counts[Int(image)] += 1 }
        var photos: [[Annotation]] = counts.map {
            var annotations: [Annotation] = []
            annotations.reserveCapacity($0)
            return annotations
        }
        let form = validation.form.form ?? .pixels
        for (index, annotation) in annotations.enumerated() {
            let place = Int(validation.imageOf[index])
            let size = images[place].size
            let box = validation.kind == .detection ? annotation.box : nil
            photos[place].append(
                Annotation(
                    label: Int(validation.labelOf[index]),
                    box: box?.pixels(from: form, width: images[place].width, height: images[place].height)
                        .clipped(to: size),
                    isCrowd: annotation.isCrowd))
        }
        return photos
    }
}

extension COCOImage {
    /// In whole pixels. The size is one that a validation has let pass.
    fileprivate var size: ImageSize { ImageSize(width: Int(width.rounded()), height: Int(height.rounded())) }
}
