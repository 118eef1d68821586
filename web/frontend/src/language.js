// Messages of the scripts follow <html lang>. A dictionary is keyed by its English text.
export const chinese = () => document.documentElement.lang.toLowerCase().startsWith('zh');

export function speaker(dictionary) {
  return (text, ...values) => {
    const sentence = (chinese() && dictionary[text]) || text;
    return sentence.replace(/\{(\d)\}/g, (_, index) => String(values[index]));
  };
}
