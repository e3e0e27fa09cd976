//! JPEG and PNG: without what the camera and the programs wrote beside the pixels (EXIF, XMP, places, thumbnails,
//! remarks, what lies behind the end), and with areas painted over in the pixels themselves.

use super::{Area, Copied, Order, unfit};
use crate::refuse;
use crate::wire::broken;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgba};
use kernel::Refusal;
use std::io::Cursor;
use std::ops::Range;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";
/// Chunks of PNG that say how the pixels look. Those of a moving picture are left out: it has pictures nobody may see.
const CHUNKS: &[&[u8; 4]] =
    &[b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"IDAT", b"IEND"];
/// The widest and highest picture, in pixels, and what its pixels may come to, in bytes.
const SIDE: u32 = 20_000;
const PIXELS: u64 = 400 << 20;
/// How good a JPEG is that is written anew, from 1 to 100.
const QUALITY: u8 = 90;

pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG) || bytes.starts_with(JPEG)
}

/// The copy of a picture.
///
/// # Errors
/// `copy-unfit` for passages, which no machine reads here; `copy-missing` for an area outside; `file-broken`,
/// `file-bomb`.
pub fn copy(bytes: &[u8], order: &Order) -> Result<Copied, Refusal> {
    if !order.passages.is_empty() {
        return Err(unfit("图片里的文字机器不识读，不能按文字遮盖。请按位置遮盖。"));
    }
    let made = if order.areas.is_empty() { strip(bytes)? } else { painted(bytes, &order.areas)? };
    let cleaned = (made.len() < bytes.len() || !order.areas.is_empty()).then(|| "图片附带的拍摄信息和说明".to_owned());
    let unread = vec!["图片里的文字机器不识读".to_owned()];
    Ok(Copied { bytes: made, taken: order.areas.len(), cleaned: cleaned.into_iter().collect(), unread })
}

/// The same pixels without what was written beside them.
///
/// # Errors
/// `file-broken`.
pub fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if bytes.starts_with(PNG) { png(bytes) } else { jpeg(bytes) }.ok_or_else(broken)
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut made, mut at) = (PNG.to_vec(), PNG.len());
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let kind: &[u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        if CHUNKS.contains(&kind) {
            made.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(made);
        }
        at = end;
    }
}

/// Markers from the beginning to the end of the picture; the pixels of a scan run to the next marker.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut made, mut at) = (bytes.get(..2)?.to_vec(), 2);
    let turned = orientation(bytes).filter(|o| *o != Orientation::NoTransforms);
    if let Some(turned) = turned {
        made.extend_from_slice(&turned_only(turned));
    }
    loop {
        let marker = *bytes.get(at + 1).filter(|_| bytes.get(at) == Some(&0xff))?;
        if marker == 0xff {
            at += 1;
            continue;
        }
        if marker == 0xd9 {
            made.extend_from_slice(&[0xff, 0xd9]);
            return Some(made);
        }
        let length = usize::from(u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?));
        let mut end = at + 2 + length;
        let segment = bytes.get(at..end)?;
        let body = segment.get(4..)?;
        if marker == 0xda {
            end = scan_end(bytes, end)?;
        }
        let beside = match marker {
            0xe0 => !body.starts_with(b"JFIF\0"),
            0xe2 => !body.starts_with(b"ICC_PROFILE\0"),
            0xee => !body.starts_with(b"Adobe"),
            0xe1..=0xef | 0xfe => true,
            _ => false,
        };
        if marker == 0xe0 && !beside {
            // A thumbnail may follow the measures of JFIF.
            let measures = body.get(..12)?;
            made.extend_from_slice(&[0xff, 0xe0, 0, 16]);
            made.extend_from_slice(measures);
            made.extend_from_slice(&[0, 0]);
        } else if !beside {
            made.extend_from_slice(&bytes[at..end]);
        }
        at = end;
    }
}

/// Where the pixels of a scan end: at a marker that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> Option<usize> {
    let at = (from..bytes.len().checked_sub(1)?)
        .find(|at| bytes[*at] == 0xff && !matches!(bytes[at + 1], 0 | 0xd0..=0xd7 | 0xff))?;
    Some(at)
}

fn orientation(bytes: &[u8]) -> Option<Orientation> {
    ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg).into_decoder().ok()?.orientation().ok()
}

/// An EXIF that says how the picture is held, and nothing else.
fn turned_only(turned: Orientation) -> Vec<u8> {
    let mut all = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    all.extend_from_slice(&[turned.to_exif(), 0, 0, 0, 0, 0, 0]);
    all
}

/// Decodes a picture as it is held, within limits.
pub fn decode(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(SIDE), Some(SIDE), Some(PIXELS));
    let format = if bytes.starts_with(PNG) { ImageFormat::Png } else { ImageFormat::Jpeg };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let turned = decoder.orientation().map_err(unreadable)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    image.apply_orientation(turned);
    Ok(image)
}

/// Decodes a JPEG as it is stored, however it is held; and how many colours it stores.
pub fn decode_as_stored(bytes: &[u8]) -> Result<(DynamicImage, u8), Refusal> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(SIDE), Some(SIDE), Some(PIXELS));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(unreadable)?;
    let colours = decoder.original_color_type().channel_count();
    Ok((DynamicImage::from_decoder(decoder).map_err(unreadable)?, colours))
}

fn unreadable(error: image::ImageError) -> Refusal {
    if matches!(error, image::ImageError::Limits(_)) { crate::pack::bomb() } else { broken() }
}

pub fn encode_jpeg(image: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut made = vec![];
    let flat = match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => image.clone(),
        other => DynamicImage::ImageRgb8(other.to_rgb8()),
    };
    flat.write_with_encoder(JpegEncoder::new_with_quality(&mut made, QUALITY)).map_err(|_| broken())?;
    Ok(made)
}

fn painted(bytes: &[u8], areas: &[Area]) -> Result<Vec<u8>, Refusal> {
    let mut image = decode(bytes)?;
    for area in areas {
        let (across, down) = (side(area.left, area.width, image.width()), side(area.top, area.height, image.height()));
        let (Some(across), Some(down)) = (across, down) else {
            let says = format!("要遮盖的位置不在图片里。图片宽 {}，高 {} 像素。", image.width(), image.height());
            return Err(refuse("copy-missing", says));
        };
        fill(&mut image, across, down);
    }
    if bytes.starts_with(JPEG) {
        return encode_jpeg(&image);
    }
    let mut made = Cursor::new(vec![]);
    image.write_to(&mut made, ImageFormat::Png).map_err(|_| broken())?;
    Ok(made.into_inner())
}

/// The pixels that a stretch touches, those at its edges too; `None` where it touches none.
pub fn side(from: f64, length: f64, most: u32) -> Option<Range<u32>> {
    let (begin, end) = (from.floor().max(0.0), (from + length).ceil().min(f64::from(most)));
    (length > 0.0 && begin < end).then_some(begin as u32..end as u32)
}

/// Makes pixels black and solid.
pub fn fill(image: &mut DynamicImage, across: Range<u32>, down: Range<u32>) {
    use image::GenericImage;
    for y in down {
        for x in across.clone() {
            image.put_pixel(x, y, Rgba([0, 0, 0, 255]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::GenericImageView;

    fn stripes(format: ImageFormat) -> Vec<u8> {
        let image = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 5, 200]));
        let mut made = Cursor::new(vec![]);
        DynamicImage::ImageRgb8(image).write_to(&mut made, format).expect("encodes");
        made.into_inner()
    }

    /// With EXIF that says a place and that the picture lies on its side, a remark, and words behind the end.
    fn photographed() -> Vec<u8> {
        let plain = stripes(ImageFormat::Jpeg);
        let mut made = plain[..2].to_vec();
        made.extend_from_slice(&turned_only(Orientation::Rotate90));
        made.extend_from_slice(b"\xff\xed\x00\x0eGPS 113.1327\xff\xfe\x00\x08secret");
        made.extend_from_slice(&plain[2..]);
        made.extend_from_slice(b"another picture");
        made
    }

    fn holds(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|window| window == words)
    }

    #[test]
    fn what_stands_beside_the_pixels_goes_and_the_pixels_stay() {
        let bytes = photographed();
        let made = strip(&bytes).expect("strips");
        assert!(holds(&bytes, b"GPS") && holds(&bytes, b"secret") && holds(&bytes, b"another"));
        assert!(!holds(&made, b"GPS") && !holds(&made, b"secret") && !holds(&made, b"another"));
        assert_eq!(decode(&made).expect("decodes"), decode(&bytes).expect("decodes"), "held as before");
        let plain = stripes(ImageFormat::Png);
        let mut told = plain[..33].to_vec();
        told.extend_from_slice(b"\0\0\0\x0ctEXtAuthor\0name.\0\0\0\0");
        told.extend_from_slice(&plain[33..]);
        told.extend_from_slice(b"behind");
        assert_eq!(strip(&told).expect("strips"), plain);
        assert!(strip(&plain[..40]).is_err() && strip(&made[..100]).is_err());
    }

    #[test]
    fn an_area_is_black_and_all_else_is_as_it_was() {
        let area = |left, top, width, height| Area { page: 1, left, top, width, height, mark: "个人隐私".into() };
        let of = |areas: Vec<Area>| Order { passages: vec![], areas };
        let bytes = stripes(ImageFormat::Png);
        let made = copy(&bytes, &of(vec![area(10.0, 8.5, 20.0, 4.0)])).expect("paints");
        let (was, is) = (decode(&bytes).expect("decodes"), decode(&made.bytes).expect("decodes"));
        for (x, y, pixel) in is.pixels() {
            let inside = (10..30).contains(&x) && (8..13).contains(&y);
            assert_eq!(pixel, if inside { Rgba([0, 0, 0, 255]) } else { was.get_pixel(x, y) }, "{x} {y}");
        }
        assert_eq!(copy(&bytes, &of(vec![area(64.0, 0.0, 5.0, 5.0)])).expect_err("outside").code, "copy-missing");
        let turned = copy(&photographed(), &of(vec![area(0.0, 0.0, 48.0, 64.0)])).expect("paints").bytes;
        assert!(decode(&turned).expect("decodes").pixels().all(|(_, _, p)| p.0[..3].iter().all(|c| *c < 8)));
        assert!(!holds(&turned, b"Exif"));
    }
}
