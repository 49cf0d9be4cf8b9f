public import Foundation
public import PomonaCore

/// Renders the data of the exercise: photos to label, labelled photos to evaluate on, photos to try the model on, and
/// the labels that a person would have drawn.
///
/// ```
/// training-images/    53 photos
/// evaluation-images/  31 photos and eval-labels.json
/// test-images/        apple.jpg, banana.jpg, orange.jpg, apple-banana-orange.jpg
/// answers/            training-labels.json
/// ```
///
/// Encoding photos and writing label files is the caller's: this module knows neither JPEG nor COCO.
public struct ExerciseSample {
    /// Turns a rendered photo into the bytes of a JPEG file; called from one thread at a time.
    public typealias JPEGEncoder = (RGBImage) throws -> [UInt8]

    /// Writes the labels of a set as a new file. The photos' paths are where they will lie once all is done; the file
    /// itself may still be moved.
    public typealias LabelWriter = (_ labels: TrainingSet, _ file: URL) throws -> Void

    /// How far the rendering is.
    public struct Progress: Equatable, Sendable {
        public let finishedPhotos: Int
        public let totalPhotos: Int
    }

    /// What was written.
    public struct Sets: Equatable, Sendable {
        public let training: TrainingSet
        public let evaluation: TrainingSet
        public let test: TrainingSet
    }

    public static let trainingFolder = "training-images"
    public static let evaluationFolder = "evaluation-images"
    public static let testFolder = "test-images"
    public static let answersFolder = "answers"
    public static let trainingLabels = "training-labels.json"
    public static let evaluationLabels = "eval-labels.json"

    /// The extent of every photo.
    public let photoSize: ImageSize
    private let jpegEncoder: JPEGEncoder
    private let labelWriter: LabelWriter

    public init(
        photoSize: ImageSize = ImageSize(width: 640, height: 480), jpegEncoder: @escaping JPEGEncoder,
        labelWriter: @escaping LabelWriter
    ) {
        self.photoSize = photoSize
        self.jpegEncoder = jpegEncoder
        self.labelWriter = labelWriter
    }

    /// Renders everything into a folder, which appears when it is complete.
    ///
    /// - Parameters:
    ///   - folder: A folder that does not exist yet, is empty, or holds only an earlier sample, which is replaced.
    ///   - seed: The same seed gives the same photos on the same machine.
    ///   - progress: Told after every photo; what it throws ends the work.
    /// - Throws: ``ExerciseSampleError`` where the folder cannot be used, and what the encoder, the label writer or
    ///   `progress` throw. Nothing is left behind then, and an earlier sample stays as it was.
    @discardableResult
    public func write(
        to folder: URL, seed: UInt64, progress: (Progress) throws -> Void = { _ in }
    ) throws -> Sets {
        let staged = try StagedSample(for: folder)
        do {
            let sets = try render(into: staged, seed: seed, progress: progress)
            try staged.install()
            return sets
        } catch {
            staged.discard()
            throw error
        }
    }

    private func render(
        into staged: StagedSample, seed: UInt64, progress: (Progress) throws -> Void
    ) throws -> Sets {
        let plan = ExercisePlan(seed: seed, aspectRatio: Double(photoSize.width) / Double(photoSize.height))
        let total = plan.training.count + plan.evaluation.count + plan.test.count
        var finished = 0
        func set(_ photos: [ExercisePlan.Photo], in folder: String) throws -> TrainingSet {
            let labelled = try photos.map { photo in
                let rendered = SceneRenderer.render(photo.scene, size: photoSize)
                try staged.write(jpegEncoder(rendered.image), to: folder, photo.name)
                finished += 1
                try progress(Progress(finishedPhotos: finished, totalPhotos: total))
                return LabeledPhoto(
                    name: photo.name, path: staged.finalPath(of: folder, photo.name), size: photoSize,
                    annotations: rendered.annotations)
            }
            return TrainingSet(labels: ObjectKind.labels, photos: labelled)
        }
        let sets = Sets(
            training: try set(plan.training, in: Self.trainingFolder),
            evaluation: try set(plan.evaluation, in: Self.evaluationFolder),
            test: try set(plan.test, in: Self.testFolder))
        try labelWriter(sets.training, staged.file(Self.answersFolder, Self.trainingLabels))
        try labelWriter(sets.evaluation, staged.file(Self.evaluationFolder, Self.evaluationLabels))
        return sets
    }
}
