/** The words that Draw explains: loaded once it can be drawn on, as a file that other pages share. */
import '../components/term-hint';
