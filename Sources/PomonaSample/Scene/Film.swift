/// What the camera makes of the light that falls on it.
struct Film {
    /// Stops above (or below) what the meter says.
    var exposure: Float
    /// Gain of each channel.
    var whiteBalance: Vector
    /// Steepness of the tone curve around middle grey.
    var contrast: Float
    var saturation: Float
    /// How much of the light is lost in the corners.
    var vignette: Float
    /// Blur of the lens: share of a pixel's light that comes from around it.
    var softness: Float
    /// Strength of the sensor's noise, as a share of the signal's range; the brighter a pixel, the less of it shows.
    var noise: Float
    var noiseSeed: UInt32
}
